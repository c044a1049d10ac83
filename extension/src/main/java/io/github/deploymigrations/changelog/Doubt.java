package io.github.deploymigrations.changelog;

import io.github.deploymigrations.database.Effect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of the statement behind the last one that is committed for sure, if the process dies now. Written into
 * the history before that statement runs.
 */
public sealed interface Doubt {

    /** How {@link OfSession} is stored. */
    String SESSION = "session";

    /** How {@link OfSeveral} is stored. */
    String SEVERAL = "several";

    /** How {@link OfEffect} is stored. What was stored before that, a fingerprint in front, proves nothing any more. */
    Pattern EFFECT = Pattern.compile("effect (there|absent) (\\S+) (.+)", Pattern.DOTALL);

    /** Bytes of the history's column, as some databases count it. */
    int LONGEST = 500;

    /** It is rolled back with its transaction. */
    record None() implements Doubt {}

    /**
     * It defines something whose presence in a table's metadata tells whether it took effect.
     *
     * @param effect of it
     * @param before whether that which comes or goes was there before the statement
     * @param checksum of the script's text up to the end of the statement
     */
    record OfEffect(Effect effect, boolean before, String checksum) implements Doubt {}

    /** Nothing tells whether it took effect, if the process died with it. */
    record Unprovable() implements Doubt {}

    /** It is more than one statement to the database, of which the first may have taken effect although it failed. */
    record OfSeveral() implements Doubt {}

    /** It depends on what an earlier statement set in the session, which is gone with it. */
    record OfSession() implements Doubt {}

    /** Of a statement whose effect can be seen: unprovable if its names are longer than what can be stored. */
    static Doubt of(Effect effect, boolean before, String checksum) {
        Doubt doubt = new OfEffect(effect, before, checksum);
        int length = doubt.text().orElseThrow().getBytes(StandardCharsets.UTF_8).length;
        return length <= LONGEST ? doubt : new Unprovable();
    }

    /** As it is stored. */
    default Optional<String> text() {
        if (this instanceof OfEffect known) {
            return Optional.of(
                    "effect " + (known.before ? "there " : "absent ") + known.checksum + " " + known.effect.text());
        }
        if (this instanceof None) {
            return Optional.empty();
        }
        return Optional.of(this instanceof OfSession ? SESSION : this instanceof OfSeveral ? SEVERAL : "?");
    }

    /** What was stored. */
    static Doubt parse(String text) {
        if (text == null) {
            return new None();
        }
        if (text.equals(SESSION)) {
            return new OfSession();
        }
        if (text.equals(SEVERAL)) {
            return new OfSeveral();
        }
        Matcher known = EFFECT.matcher(text);
        Optional<Effect> effect = known.matches() ? Effect.parse(known.group(3)) : Optional.empty();
        return effect.isPresent()
                ? new OfEffect(effect.get(), known.group(1).equals("there"), known.group(2))
                : new Unprovable();
    }
}
