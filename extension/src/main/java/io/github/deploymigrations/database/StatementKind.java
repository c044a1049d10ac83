package io.github.deploymigrations.database;

import java.util.Locale;
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

    private static final Pattern TEMPORARY = Pattern.compile(
            "\\b(?:create|alter|drop)\\s+(?:or\\s+replace\\s+)?(?:(?:local|global)\\s+)?temp(?:orary)?\\b",
            Pattern.CASE_INSENSITIVE);

    /** What only this session knows: its variables, and what its last statements did. */
    private static final Pattern SESSION_VALUE = Pattern.compile(
            ":=|\\binto\\s+@|@\\w|\\b(?:last_insert_id|identity|scope_identity|lastval|currval|row_count|found_rows)\\b",
            Pattern.CASE_INSENSITIVE);

    /** The kind of a statement as it goes to the database. */
    public static StatementKind of(String sql) {
        if (isSeveral(sql)) {
            return OTHER;
        }
        return switch (firstWord(sql).toUpperCase(Locale.ROOT)) {
            case "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "SELECT", "VALUES", "WITH" ->
                SESSION_VALUE.matcher(sql).find() ? SESSION : ROWS;
            case "CREATE", "ALTER", "DROP" -> TEMPORARY.matcher(sql).find() ? SESSION : DEFINITION;
            case "TRUNCATE", "RENAME", "GRANT", "REVOKE", "COMMENT", "ANALYZE", "OPTIMIZE" -> DEFINITION;
            case "SET", "USE", "LOCK", "UNLOCK", "DECLARE", "PREPARE", "EXECUTE" -> SESSION;
            default -> OTHER;
        };
    }

    /**
     * The first word behind blanks, comments and parentheses; what MariaDB and MySQL run although it looks like a comment
     * has none. By hand, as the JDK's regular expressions recur for each line of a long comment (17, 25).
     */
    private static String firstWord(String sql) {
        int index = 0;
        while (index < sql.length()) {
            char character = sql.charAt(index);
            if (Character.isWhitespace(character) || character == '(') {
                index++;
            } else if (sql.startsWith("--", index)) {
                index = behind("\n", sql, index);
            } else if (sql.startsWith("/*", index) && !sql.startsWith("/*!", index) && !sql.startsWith("/*M!", index)) {
                index = behind("*/", sql, index + 2);
            } else {
                break;
            }
        }
        int end = index;
        while (end < sql.length() && isLetter(sql.charAt(end))) {
            end++;
        }
        return sql.substring(index, end);
    }

    private static int behind(String end, String sql, int from) {
        int found = sql.indexOf(end, from);
        return found < 0 ? sql.length() : found + end.length();
    }

    private static boolean isLetter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    /** Whether there may be more than one statement in it. */
    public static boolean isSeveral(String sql) {
        return sql.strip().replaceFirst(";$", "").contains(";");
    }
}
