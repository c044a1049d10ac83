package io.github.deploymigrations.database;

/**
 * Whether semicolons divide a text into several statements. Those in quotes and comments do not; where databases differ in
 * what is a quote or a comment, they do: to take several statements for one is worse than the reverse.
 */
final class Semicolons {
    private Semicolons() {}

    /** Whether there may be something behind one that is not in a quote or a comment. */
    static boolean divide(String sql) {
        int first = sql.indexOf(';');
        return first >= 0
                && !sql.substring(first + 1).isBlank()
                && (divide(sql, false) || (sql.indexOf('\\') >= 0 && divide(sql, true)));
    }

    /** @param escapes whether a backslash takes its meaning from a quote, as MariaDB and MySQL see it */
    private static boolean divide(String sql, boolean escapes) {
        int index = 0;
        while (index >= 0 && index < sql.length()) {
            char character = sql.charAt(index);
            switch (character) {
                case ';' -> {
                    return !sql.substring(index + 1).isBlank();
                }
                case '\'', '"', '`' -> index = isQuoted(sql, index) ? quoteEnd(sql, index, escapes) : -1;
                case '-' -> index = sql.startsWith("--", index) ? lineEnd(sql, index) : index + 1;
                case '/' -> index = slash(sql, index);
                // a comment to MariaDB and to H2, a text of PostgreSQL and H2, a name of SQL Server
                case '#', '$', '[' -> index = -1;
                default -> index++;
            }
        }
        return index < 0;
    }

    /** Oracle may have any sign there that ends the quote: {@code q'[it's]'}. */
    private static boolean isQuoted(String sql, int begin) {
        return begin == 0 || (sql.charAt(begin - 1) | ' ') != 'q';
    }

    private static int quoteEnd(String sql, int begin, boolean escapes) {
        int index = begin + 1;
        while (index < sql.length() && sql.charAt(index) != sql.charAt(begin)) {
            index += escapes && sql.charAt(index) == '\\' ? 2 : 1;
        }
        return index < sql.length() ? index + 1 : -1;
    }

    /** To MariaDB it is a comment only with a blank behind it. */
    private static int lineEnd(String sql, int begin) {
        boolean isBlank = begin + 2 < sql.length() && Character.isWhitespace(sql.charAt(begin + 2));
        int end = sql.indexOf('\n', begin);
        return !isBlank ? -1 : end < 0 ? sql.length() : end;
    }

    /** Two of them begin a comment on H2. */
    private static int slash(String sql, int begin) {
        if (sql.startsWith("/*", begin)) {
            return commentEnd(sql, begin);
        }
        return sql.startsWith("//", begin) ? -1 : begin + 1;
    }

    /** Some databases nest them, and to MariaDB and MySQL what some of them say is to be done. */
    private static int commentEnd(String sql, int begin) {
        int end = sql.indexOf("*/", begin + 2);
        boolean isPlain = end >= 0
                && sql.lastIndexOf("/*", end - 1) == begin
                && !sql.startsWith("!", begin + 2)
                && !sql.startsWith("M!", begin + 2);
        return isPlain ? end + 2 : -1;
    }
}
