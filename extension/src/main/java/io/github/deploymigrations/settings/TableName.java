package io.github.deploymigrations.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name of the changelog table as it goes into SQL: {@code [part.]part}, each part a plain identifier or one that the
 * user quoted.
 *
 * @param sql the name as MyBatis Migrations would write it, never null
 */
public record TableName(String sql) {
    /** Made for the first name that is not a plain one. */
    private static final class Shape {
        static final String PART =
                "(?:[A-Za-z_][A-Za-z0-9_$]*|\"(?:[^\"\\p{Cntrl}]|\"\")+\"|`(?:[^`\\p{Cntrl}]|``)+`|\\[[^\\]\\p{Cntrl}]+\\])";
        static final Pattern NAME = Pattern.compile("(?:" + PART + "\\.)?" + PART);

        static final Pattern LIST = Pattern.compile("\\s*(" + NAME + ")\\s*(,|$)");

        static final Pattern LAST_PART = Pattern.compile(PART + "$");
    }

    /** MyBatis' own default. */
    public static final TableName DEFAULT = new TableName("CHANGELOG");

    public TableName {
        if (!isName(sql)) {
            throw new IllegalArgumentException("not a table name: " + sql);
        }
    }

    /** The name that the text spells, or empty if it must not go into SQL. */
    public static Optional<TableName> parse(String text) {
        return isName(text) ? Optional.of(new TableName(text)) : Optional.empty();
    }

    /** The names that the text has, separated by commas; empty if any of them is none, or is there twice. */
    static Optional<List<TableName>> parseAll(String text) {
        List<TableName> names = new ArrayList<>();
        Matcher list = Shape.LIST.matcher(text);
        while (list.lookingAt()) {
            names.add(new TableName(list.group(1)));
            if (list.group(2).isEmpty()) {
                return names.stream().distinct().count() == names.size() ? Optional.of(names) : Optional.empty();
            }
            list.region(list.end(), text.length());
        }
        return Optional.empty();
    }

    private static boolean isName(String text) {
        return isPlain(text) || Shape.NAME.matcher(text).matches();
    }

    /** Whether it is one part, and nothing of it quoted. */
    private static boolean isPlain(String text) {
        for (int index = 0; index < text.length(); index++) {
            char letter = text.charAt(index);
            boolean first = (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') || letter == '_';
            boolean digit = (letter >= '0' && letter <= '9') || letter == '$';
            if (!first && (index == 0 || !digit)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** The table's own name, without schema and quotes, as the database will count its letters. */
    public String bare() {
        if (isPlain(sql)) {
            return sql;
        }
        Matcher last = Shape.LAST_PART.matcher(sql);
        last.find();
        String part = last.group();
        return switch (part.charAt(0)) {
            case '"' -> part.substring(1, part.length() - 1).replace("\"\"", "\"");
            case '`' -> part.substring(1, part.length() - 1).replace("``", "`");
            case '[' -> part.substring(1, part.length() - 1);
            default -> part;
        };
    }

    /** What stands before the table's own name, as in SQL: a schema, or on MariaDB a database. */
    public Optional<String> qualifier() {
        Matcher last = Shape.LAST_PART.matcher(sql);
        last.find();
        return last.start() == 0 ? Optional.empty() : Optional.of(sql.substring(0, last.start() - 1));
    }

    /** Whether a table of the database may be this one or one of ours beside it. */
    public boolean isOfFamily(String table) {
        return Stream.of("", "_HISTORY", "_LOCK").anyMatch(suffix -> table.equalsIgnoreCase(bare() + suffix));
    }

    /** The table beside this one: the suffix goes inside the quotes of the last part. */
    public TableName withSuffix(String suffix) {
        char end = sql.charAt(sql.length() - 1);
        boolean quoted = end == '"' || end == '`' || end == ']';
        return new TableName(quoted ? sql.substring(0, sql.length() - 1) + suffix + end : sql + suffix);
    }

    @Override
    public String toString() {
        return sql;
    }
}
