package io.github.deploymigrations.database;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a statement does to a transaction, as far as its first words say. */
public enum StatementKind {
    /** Reads or changes rows, in the transaction that it finds, or does nothing at all. */
    ROWS,
    /** Defines something, and commits on databases that cannot define in a transaction. */
    DEFINITION,
    /** Sets something that only this session knows, or may: what comes after it cannot be done in another one. */
    SESSION,
    /** Nobody can tell. */
    OTHER;

    private static final String BLANKS = "(?:\\s++|--[^\\n]*\\n|/\\*(?!M?!).*?\\*/)";

    /** MariaDB and MySQL have comments of their own, with which no statement begins elsewhere. */
    private static final Pattern FIRST_WORDS =
            pattern("(?:" + BLANKS + "|#[^\\n]*\\n|\\()*+([A-Za-z]+)(?:" + BLANKS + "++([A-Za-z]+))?");

    private static final Pattern NOTHING = pattern("(?:" + BLANKS + "|#[^\\n]*\\n|;)*+");

    /** H2 2.4 has words of its own in front of it, and PostgreSQL a schema and a way to select into one. */
    private static final Pattern TEMPORARY = pattern("\\b(?:create|alter|drop|into)" + BLANKS + "++(?:(?:or" + BLANKS
            + "++replace|local|global|cached|memory|unlogged)" + BLANKS + "++)*temp(?:orary)?\\b|\\bpg_temp\\b");

    /** What only this session knows: its variables (no addresses of mail) and locks, and what its last statements did. */
    private static final Pattern SESSION_VALUE = pattern(":=|\\binto\\s*@|(?<!\\w)@\\w|(?<![\\w'\"`])@['\"`]"
            + "|\\b(?:last_insert_id|identity|scope_identity|lastval|currval|row_count|found_rows|get_lock|release_lock"
            + "|set_config|pg_(?:try_)?advisory_(?:un)?lock\\w*)\\b|\\b(?:current|previous)\\s+value\\s+for\\b");

    /** The same where names of accounts and columns of the kind identity are, too. */
    private static final Pattern SESSION_VALUE_IN_DEFINITION =
            pattern("(?<![\\w'\"`@])@{1,2}[A-Za-z_'\"`]|\\b(?:last_insert_id|scope_identity|lastval|currval|row_count"
                    + "|found_rows)\\b|\\bidentity\\s*\\(\\s*\\)|\\b(?:current|previous)\\s+value\\s+for\\b");

    /**
     * One of these is in each text that the patterns above match. To look for them takes a hundredth of the time, and most
     * statements of a big script are rows of a kilobyte.
     */
    private static final List<String> SESSION_WORDS = List.of(
            "@",
            ":=",
            "identity",
            "last_insert_id",
            "lastval",
            "currval",
            "row_count",
            "found_rows",
            "get_lock",
            "release_lock",
            "set_config",
            "advisory",
            "current",
            "previous",
            "temp");

    /** What it says is not done now. */
    private static final Pattern ROUTINE = pattern(BLANKS + "*+(?:create|alter)" + BLANKS
            + "++(?:or" + BLANKS + "++replace" + BLANKS + "++)?(?:definer\\s*=\\s*\\S+" + BLANKS
            + "++)?(?:aggregate" + BLANKS + "++)?(?:procedure|function|trigger|event|package|alias)\\b");

    private static final Pattern SESSION_AMONG_SEVERAL = pattern("(?:^|;)" + BLANKS
            + "*+(?:set|use|lock|unlock|declare|prepare|execute|deallocate|discard|reset|call|do|exec|begin|flush|handler"
            + "|attach|pragma)\\b");

    /** A comment to all but MySQL and MariaDB, and there to some versions only. */
    private static final Pattern EXECUTABLE_COMMENT = Pattern.compile("/\\*M?!\\d*");

    private static Pattern pattern(String text) {
        return Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** The kind of a statement as it goes to the database. */
    public static StatementKind of(String sql) {
        if (sql.contains("/*")) {
            Matcher executable = EXECUTABLE_COMMENT.matcher(sql);
            if (executable.find()) {
                return plain(executable.replaceAll(" ")) == SESSION ? SESSION : OTHER;
            }
        }
        return plain(sql);
    }

    private static StatementKind plain(String sql) {
        Matcher words = FIRST_WORDS.matcher(sql);
        if (isSeveral(sql)) {
            return several(sql);
        }
        if (!words.lookingAt()) {
            return NOTHING.matcher(sql).matches() ? ROWS : OTHER;
        }
        String second = String.valueOf(words.group(2)).toUpperCase(Locale.ROOT);
        return switch (words.group(1).toUpperCase(Locale.ROOT)) {
            case "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "SELECT", "VALUES", "WITH" ->
                isOfSession(sql, SESSION_VALUE) ? SESSION : ROWS;
            case "CREATE", "ALTER", "DROP" -> definition(sql, second);
            case "TRUNCATE", "RENAME", "GRANT", "REVOKE", "COMMENT" -> DEFINITION;
            case "ANALYZE", "OPTIMIZE" -> second.equals("TABLE") ? DEFINITION : OTHER;
            case "SET",
                    "USE",
                    "LOCK",
                    "UNLOCK",
                    "DECLARE",
                    "PREPARE",
                    "EXECUTE",
                    "DEALLOCATE",
                    "DISCARD",
                    "RESET",
                    "CALL",
                    "DO",
                    "EXEC",
                    "FLUSH",
                    "HANDLER",
                    "ATTACH",
                    "PRAGMA" -> SESSION;
            default -> OTHER;
        };
    }

    /** Not all that begins like a definition is one: MariaDB commits at none of these. */
    private static StatementKind definition(String sql, String second) {
        if (second.equals("PREPARE") || second.equals("SESSION")) {
            return SESSION;
        }
        if (second.equals("SYSTEM")) {
            return OTHER;
        }
        boolean ofSession = isOfSession(sql, SESSION_VALUE_IN_DEFINITION);
        return ofSession && !ROUTINE.matcher(sql).lookingAt() ? SESSION : DEFINITION;
    }

    private static StatementKind several(String sql) {
        boolean ofSession = SESSION_AMONG_SEVERAL.matcher(sql).find() || isOfSession(sql, SESSION_VALUE);
        return ofSession && !ROUTINE.matcher(sql).lookingAt() ? SESSION : OTHER;
    }

    private static boolean isOfSession(String sql, Pattern value) {
        return mentionsSession(sql.toLowerCase(Locale.ROOT))
                && (TEMPORARY.matcher(sql).find() || value.matcher(sql).find());
    }

    private static boolean mentionsSession(String lower) {
        for (String word : SESSION_WORDS) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it makes what is done when somebody calls it. */
    public static boolean isRoutine(String sql) {
        return ROUTINE.matcher(sql).lookingAt();
    }

    /** Whether there may be more than one statement in it. */
    public static boolean isSeveral(String sql) {
        return Semicolons.divide(sql);
    }
}
