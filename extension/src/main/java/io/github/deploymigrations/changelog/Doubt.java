package io.github.deploymigrations.changelog;

import io.github.deploymigrations.database.Effect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of the statement behind the last one that is committed for sure, if the process dies now, and perhaps of
 * some behind that. Written into the history before that statement runs.
 */
public sealed interface Doubt {

    /** How {@link OfSession} is stored. */
    String SESSION = "session";

    /** How {@link OfSeveral} is stored. */
    String SEVERAL = "several";

    /** How a statement of {@link OfEffects} is stored. What was stored before that, a fingerprint in front, proves nothing any more. */
    Pattern EFFECT = Pattern.compile("effect (there|absent) (\\S+) (.+)", Pattern.DOTALL);

    /** Between two of them; a name that has it between its quotes is that of no effect, as half of it is. */
    Pattern NEXT = Pattern.compile("\n(?=effect )");

    /** Bytes of the history's column, as some databases count it. */
    int LONGEST = 500;

    /** It is rolled back with its transaction. */
    record None() implements Doubt {}

    /**
     * It defines something whose presence in a table's metadata tells whether it took effect. If it makes a table, so may
     * those right behind it, which make indexes on that and are not told of once more before they run.
     *
     * @param statements in order, at least one
     */
    record OfEffects(List<Visible> statements) implements Doubt {}

    /**
     * A statement whose effect can be seen.
     *
     * @param effect of it
     * @param before whether that which comes or goes was there before the statement
     * @param checksum of the script's text up to the end of the statement, or how that begins
     */
    record Visible(Effect effect, boolean before, String checksum) {
        private static final int SHORT = "sha256:".length() + 16;

        /** The same in less room. */
        public Visible shortened() {
            return new Visible(effect, before, checksum.substring(0, Math.min(SHORT, checksum.length())));
        }

        /** Whether this is the checksum of a text up to the end of the statement. */
        public boolean endsAt(String upToHere) {
            return upToHere.startsWith(checksum);
        }

        private String text() {
            return "effect " + (before ? "there " : "absent ") + checksum + " " + effect.text();
        }

        private static Optional<Visible> parse(String text) {
            Matcher known = EFFECT.matcher(text);
            Optional<Effect> effect = known.matches() ? Effect.parse(known.group(3)) : Optional.empty();
            return effect.isPresent()
                    ? Optional.of(new Visible(effect.get(), known.group(1).equals("there"), known.group(2)))
                    : Optional.empty();
        }
    }

    /** Nothing tells whether it took effect, if the process died with it. */
    record Unprovable() implements Doubt {}

    /** It is more than one statement to the database, of which the first may have taken effect although it failed. */
    record OfSeveral() implements Doubt {}

    /** It depends on what an earlier statement set in the session, which is gone with it. */
    record OfSession() implements Doubt {}

    /**
     * Of statements whose effects can be seen, as many from the first on as can be stored: unprovable if not even that one
     * can, for its long names.
     */
    static Doubt of(List<Visible> statements) {
        List<Visible> fitting = new ArrayList<>();
        int length = -1;
        for (Visible statement : statements) {
            length += 1 + statement.text().getBytes(StandardCharsets.UTF_8).length;
            if (length > LONGEST) {
                break;
            }
            fitting.add(statement);
        }
        return fitting.isEmpty() ? new Unprovable() : new OfEffects(fitting);
    }

    /** Of how many statements it tells. */
    default int covers() {
        return this instanceof OfEffects known ? known.statements.size() : 1;
    }

    /** As it is stored. */
    default Optional<String> text() {
        if (this instanceof OfEffects known) {
            List<String> lines = new ArrayList<>();
            for (Visible statement : known.statements) {
                lines.add(statement.text());
            }
            return Optional.of(String.join("\n", lines));
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
        List<Visible> statements = new ArrayList<>();
        for (String line : NEXT.split(text, -1)) {
            Optional<Visible> statement = Visible.parse(line);
            if (statement.isEmpty()) {
                return new Unprovable();
            }
            statements.add(statement.get());
        }
        return new OfEffects(statements);
    }
}
