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
            "(?s)(?:\\s|--[^\\n]*\\n|/\\*(?!!).*?\\*/|\\()*([A-Za-z]+)(?:\\s+([A-Za-z]+))?(?:\\s+([A-Za-z]+))?.*");

    /** The kind of a statement as it goes to the database. */
    public static StatementKind of(String sql) {
        Matcher words = FIRST_WORDS.matcher(sql);
        if (!words.matches() || isSeveral(sql)) {
            return OTHER;
        }
        boolean temporary = isTemporary(words.group(2)) || isTemporary(words.group(3));
        // a user variable of MySQL or MariaDB outlives the statement that sets it; an at sign in a text does no harm
        // here
        boolean variable = sql.contains(":=") || sql.toUpperCase(Locale.ROOT).contains("INTO @");
        return switch (words.group(1).toUpperCase(Locale.ROOT)) {
            case "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "SELECT", "VALUES", "WITH" ->
                variable ? SESSION : ROWS;
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

    private static boolean isTemporary(String word) {
        return word != null && word.toUpperCase(Locale.ROOT).matches("TEMP|TEMPORARY|LOCAL|GLOBAL");
    }
}
