package io.github.deploymigrations.database;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a definition makes visible in the metadata of one table. Immutable.
 *
 * @param thing that comes or goes
 * @param comes whether it is there afterwards
 * @param table as the statement names it
 * @param name of the thing as the statement names it; of a table, its own
 * @param columns fingerprint of the names of a new table's columns; empty where it cannot be told
 */
public record Effect(Thing thing, boolean comes, String table, String name, Optional<String> columns) {

    /** What metadata can show. */
    public enum Thing {
        TABLE,
        COLUMN,
        INDEX
    }

    private static final Pattern TEXT = Pattern.compile(
            "([+-])(TABLE|COLUMN|INDEX) (\\S+) " + Definition.NAME + " (" + Definition.PART + "|-)", Pattern.DOTALL);

    /** Whether there is one table more afterwards. */
    public boolean makesTable() {
        return thing == Thing.TABLE && comes;
    }

    /** One line that {@link #parse} reads. */
    public String text() {
        return (comes ? "+" : "-") + thing + " " + columns.orElse("-") + " " + table + " "
                + (thing == Thing.TABLE ? "-" : name);
    }

    /** Empty if the text is none of an effect. */
    public static Optional<Effect> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Thing thing = Thing.valueOf(parts.group(2));
        return Optional.of(new Effect(
                thing,
                parts.group(1).equals("+"),
                parts.group(4),
                thing == Thing.TABLE ? parts.group(4) : parts.group(5),
                Optional.of(parts.group(3)).filter(columns -> !columns.equals("-"))));
    }
}
