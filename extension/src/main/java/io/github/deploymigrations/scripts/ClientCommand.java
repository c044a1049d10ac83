package io.github.deploymigrations.scripts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client of a database understands by itself and never sends: {@code DELIMITER //} of mariadb and mysql, the lines
 * {@code GO} of sqlcmd and {@code /} of SQL*Plus, what begins with a backslash in psql. Immutable.
 *
 * @param text as the script has it
 * @param line of the text that was searched, from 0
 */
record ClientCommand(String text, int line) {
    private static final String BLANKS = "(?:\\s++|--[^\\n]*\\n|/\\*.*?\\*/)*+";

    private static final String COMMAND =
            "(DELIMITER\\b[^\\r\\n]*|GO(?:[ \\t]+\\d+)?|/|\\\\[a-z.!?][^\\r\\n]*)[ \\t]*(?:[\\r\\n]|\\z)";

    static final Pattern FIRST = Pattern.compile(BLANKS + COMMAND, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern SOMEWHERE =
            Pattern.compile("^[ \\t]*" + COMMAND, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /** What a statement begins with: no SQL does so. */
    static Optional<ClientCommand> beginning(String sql) {
        if (!mayBeginWithOne(sql)) {
            return Optional.empty();
        }
        Matcher matcher = FIRST.matcher(sql);
        return matcher.lookingAt() ? Optional.of(found(sql, matcher)) : Optional.empty();
    }

    private static boolean mayBeginWithOne(String sql) {
        int begin = FirstWord.begin(sql);
        return begin < sql.length()
                && switch (sql.charAt(begin)) {
                    // the last two may begin a comment
                    case '\\', '/', '-' -> true;
                    case 'd', 'D' -> FirstWord.isAt(sql, begin, "delimiter");
                    case 'g', 'G' -> FirstWord.isAt(sql, begin, "go");
                    default -> false;
                };
    }

    /** A line of a text that is no statement anyway. */
    static Optional<ClientCommand> in(String text) {
        Matcher matcher = SOMEWHERE.matcher(text);
        return matcher.find() ? Optional.of(found(text, matcher)) : Optional.empty();
    }

    private static ClientCommand found(String text, Matcher matcher) {
        String before = text.substring(0, matcher.start(1));
        return new ClientCommand(matcher.group(1).strip(), (int)
                before.chars().filter(letter -> letter == '\n').count());
    }
}
