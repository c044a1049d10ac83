package io.github.deploymigrations.database;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements whose effect the metadata of one table shows for sure: a table, a column or an index comes or goes.
 * Anything that is not plainly one of them is left out: a wrong proof is worse than none.
 */
public final class Definition {
    private static final String BLANKS = "(?:\\s|--[^\\n]*\\n|/\\*(?!M?!).*?\\*/)";
    private static final String PART = "(?:[A-Za-z_][A-Za-z0-9_$]*|\"[^\"]+\"|`[^`]+`)";
    private static final String NAME = "(" + PART + "(?:\\." + PART + ")?)";

    private static final Pattern CREATE_TABLE = pattern(
            "create table(?: if not exists)? " + NAME + BLANKS + "*\\((?!.*\\)" + BLANKS + "*(?:as|select)\\b).*");
    private static final Pattern DROP_TABLE =
            pattern("drop table(?: if exists)? " + NAME + "(?: cascade| restrict)?;?");
    private static final Pattern COLUMN = pattern(
            "alter table " + NAME + " (?:add|drop)(?: column)?(?: if not exists| if exists)? (" + PART + ")\\b[^,]*");
    private static final Pattern CREATE_INDEX =
            pattern("create(?: unique)? index(?: if not exists)? " + PART + " on " + NAME + BLANKS + "*\\(.*");
    private static final Pattern DROP_INDEX = pattern("drop index(?: if exists)? " + PART + " on " + NAME + ";?");

    /** What stands where a column would, and is none. */
    private static final Set<String> NO_COLUMNS = Set.of(
            "constraint",
            "check",
            "primary",
            "foreign",
            "unique",
            "index",
            "key",
            "fulltext",
            "spatial",
            "partition",
            "period",
            "system",
            "if",
            "column");

    /** A table that is filled as it is made, and an index that may be left behind invalid. */
    private static final Pattern UNPROVABLE =
            Pattern.compile("\\b(?:select|concurrently)\\b", Pattern.CASE_INSENSITIVE);

    private Definition() {}

    private static Pattern pattern(String words) {
        return Pattern.compile(
                BLANKS + "*" + words.replace(" ", BLANKS + "+") + BLANKS + "*",
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** Whether the statement makes or drops the table itself. */
    public static boolean isOfWholeTable(String sql) {
        return CREATE_TABLE.matcher(sql).matches() || DROP_TABLE.matcher(sql).matches();
    }

    /** The table whose metadata shows the statement's effect, as the statement names it; empty if none does. */
    public static Optional<String> table(String sql) {
        if (StatementKind.isSeveral(sql) || UNPROVABLE.matcher(sql).find()) {
            return Optional.empty();
        }
        for (Pattern pattern : new Pattern[] {CREATE_TABLE, DROP_TABLE, CREATE_INDEX, DROP_INDEX}) {
            Matcher matcher = pattern.matcher(sql);
            if (matcher.matches()) {
                return Optional.of(matcher.group(1));
            }
        }
        Matcher column = COLUMN.matcher(sql);
        boolean ofColumn =
                column.matches() && !NO_COLUMNS.contains(column.group(2).toLowerCase(Locale.ROOT));
        return ofColumn ? Optional.of(column.group(1)) : Optional.empty();
    }
}
