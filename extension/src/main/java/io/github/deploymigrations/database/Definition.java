package io.github.deploymigrations.database;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement whose effect the metadata of one table shows for sure: a table, a column or an index comes or goes. Anything
 * that is not plainly one of them is left out: a wrong proof is worse than none.
 *
 * @param effect of it
 * @param ifNeeded whether it does nothing where its effect is there already
 */
public record Definition(Effect effect, boolean ifNeeded) {
    static final String PART = "(?:[A-Za-z_][A-Za-z0-9_$]*|\"[^\"]+\"|`[^`]+`)";
    static final String NAME = "(" + PART + "(?:\\." + PART + ")?)";
    private static final String BLANKS = "(?:\\s++|--[^\\n]*\\n|/\\*(?!M?!).*?\\*/)";

    private static final Pattern CREATE_TABLE = pattern("create table(?<needed> if not exists)? " + NAME + BLANKS
            + "*+(?<body>\\((?!.*\\)" + BLANKS + "*+(?:as|select)\\b).*)");
    private static final Pattern DROP_TABLE =
            pattern("drop table(?<needed> if exists)? " + NAME + "(?: cascade| restrict)?;?");
    private static final Pattern COLUMN = pattern("alter table " + NAME
            + " (?<verb>add|drop)(?: column)?(?<needed> if not exists| if exists)? (?<thing>" + PART + ")\\b[^,]*");
    private static final Pattern QUOTED_COLUMN = pattern(
            "alter table " + NAME + " (?<verb>add|drop)(?: column)?(?<needed> if not exists| if exists)? (?<thing>[\"`]"
                    + "[^\"`]+[\"`])[^,]*");
    private static final Pattern CREATE_INDEX = pattern("create(?: unique)? index(?<needed> if not exists)? (?<thing>"
            + PART + ") on " + NAME + BLANKS + "*+\\(.*");
    private static final Pattern DROP_INDEX =
            pattern("drop index(?<needed> if exists)? (?<thing>" + PART + ") on " + NAME + ";?");

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
            Pattern.compile("\\b(?:select|values|concurrently)\\b", Pattern.CASE_INSENSITIVE);

    private static Pattern pattern(String words) {
        return Pattern.compile(
                BLANKS + "*+" + words.replace(" ", BLANKS + "++") + BLANKS + "*+",
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** What the statement defines; empty if no table's metadata shows it for sure. */
    public static Optional<Definition> of(String sql) {
        if (StatementKind.isSeveral(sql) || UNPROVABLE.matcher(sql).find()) {
            return Optional.empty();
        }
        Optional<Definition> ofTable = ofTable(CREATE_TABLE.matcher(sql), true);
        if (ofTable.isPresent()) {
            return ofTable;
        }
        Optional<Definition> ofIndex = ofPart(Effect.Thing.INDEX, CREATE_INDEX.matcher(sql), true);
        return ofIndex.isPresent() ? ofIndex : rarer(sql);
    }

    private static Optional<Definition> rarer(String sql) {
        return ofTable(DROP_TABLE.matcher(sql), false)
                .or(() -> ofPart(Effect.Thing.INDEX, DROP_INDEX.matcher(sql), false))
                .or(() -> ofColumn(COLUMN.matcher(sql)))
                .or(() -> ofColumn(QUOTED_COLUMN.matcher(sql)));
    }

    private static Optional<Definition> ofTable(Matcher table, boolean comes) {
        if (!table.matches()) {
            return Optional.empty();
        }
        String name = table.group(2);
        Optional<String> columns = comes ? ColumnNames.of(table.group("body")) : Optional.empty();
        return Optional.of(new Definition(new Effect(Effect.Thing.TABLE, comes, name, name, columns), ifNeeded(table)));
    }

    private static Optional<Definition> ofColumn(Matcher column) {
        return column.matches() && !NO_COLUMNS.contains(column.group("thing").toLowerCase(Locale.ROOT))
                ? ofPart(Effect.Thing.COLUMN, column, column.group("verb").equalsIgnoreCase("add"))
                : Optional.empty();
    }

    private static Optional<Definition> ofPart(Effect.Thing thing, Matcher part, boolean comes) {
        if (!part.matches()) {
            return Optional.empty();
        }
        String table = part.group(thing == Effect.Thing.COLUMN ? 1 : 3);
        return Optional.of(
                new Definition(new Effect(thing, comes, table, part.group("thing"), Optional.empty()), ifNeeded(part)));
    }

    private static boolean ifNeeded(Matcher statement) {
        return statement.group("needed") != null;
    }
}
