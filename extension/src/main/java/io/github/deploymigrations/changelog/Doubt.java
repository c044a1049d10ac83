package io.github.deploymigrations.changelog;

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

    /** It is rolled back with its transaction. */
    record None() implements Doubt {}

    /**
     * It defines something of one table, whose metadata tells whether it took effect.
     *
     * @param table as the statement names it
     * @param before fingerprint of the table's metadata before the statement
     * @param checksum of the script's text up to the end of the statement
     */
    record OfTable(String table, String before, String checksum) implements Doubt {}

    /** Nothing tells whether it took effect, if the process died with it. */
    record Unprovable() implements Doubt {}

    /** It is more than one statement to the database, of which the first may have taken effect although it failed. */
    record OfSeveral() implements Doubt {}

    /** It depends on what an earlier statement set in the session, which is gone with it. */
    record OfSession() implements Doubt {}

    /** As it is stored. */
    default Optional<String> text() {
        if (this instanceof OfTable table) {
            return Optional.of(table.before + " " + table.checksum + " " + table.table);
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
        Matcher table = Pattern.compile("(\\S+) (\\S+) (.+)").matcher(text);
        return table.matches() ? new OfTable(table.group(3), table.group(1), table.group(2)) : new Unprovable();
    }
}
