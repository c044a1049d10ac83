package io.github.deploymigrations.database;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a statement does to a transaction, as far as its first words say. */
public enum StatementKind {
    /** Reads or changes rows, in the transaction that it finds. */
    ROWS,
    /** Defines something, and commits on databases that cannot define in a transaction. */
    DEFINITION,
    /** Sets something that only this session knows, or may: what comes after it cannot be done in another one. */
    SESSION,
    /** Nobody can tell. */
    OTHER;

    private static final Pattern FIRST_WORDS = Pattern.compile(
            "(?s)(?:\\s|--[^\\n]*\\n|/\\*(?!M?!).*?\\*/|\\()*([A-Za-z]+)(?:\\s+([A-Za-z]+))?(?:\\s+([A-Za-z]+))?.*");

    private static final Pattern TEMPORARY = Pattern.compile(
            "\\b(?:create|alter|drop)\\s+(?:or\\s+replace\\s+)?(?:(?:local|global)\\s+)?temp(?:orary)?\\b",
            Pattern.CASE_INSENSITIVE);

    /** What only this session knows: its variables, and what its last statements did. */
    private static final Pattern SESSION_VALUE = Pattern.compile(
            ":=|\\binto\\s+@|@\\w|\\b(?:last_insert_id|identity|scope_identity|lastval|currval|row_count|found_rows)\\b",
            Pattern.CASE_INSENSITIVE);

    /** The kind of a statement as it goes to the database. */
    public static StatementKind of(String sql) {
        Matcher words = FIRST_WORDS.matcher(sql);
        if (!words.matches() || isSeveral(sql)) {
            return OTHER;
        }
        boolean temporary = TEMPORARY.matcher(sql).find();
        return switch (words.group(1).toUpperCase(Locale.ROOT)) {
            case "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "SELECT", "VALUES", "WITH" ->
                SESSION_VALUE.matcher(sql).find() ? SESSION : ROWS;
            case "CREATE", "ALTER", "DROP" -> temporary ? SESSION : DEFINITION;
            case "TRUNCATE", "RENAME", "GRANT", "REVOKE", "COMMENT", "ANALYZE", "OPTIMIZE" -> DEFINITION;
            case "SET", "USE", "LOCK", "UNLOCK", "DECLARE", "PREPARE", "EXECUTE" -> SESSION;
            default -> OTHER;
        };
    }

    /** Whether there may be more than one statement in it. */
    public static boolean isSeveral(String sql) {
        return sql.strip().replaceFirst(";$", "").contains(";");
    }
}
