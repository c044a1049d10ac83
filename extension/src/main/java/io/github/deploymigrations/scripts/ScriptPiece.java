package io.github.deploymigrations.scripts;

/**
 * Some lines of a script's file, before variables are put in. Immutable.
 *
 * @param line the line of the file on which the text begins, from 1
 * @param text without the blank lines and comment lines before and after it; the beginning only where it is very long
 */
public record ScriptPiece(int line, String text) {
    /** How much of a piece is kept, in characters: enough for a person to read. */
    static final int LONGEST = 64 * 1024;

    /** The line on which the text ends; of a very long one, a line of it. */
    int lastLine() {
        return line + (int) text.chars().filter(letter -> letter == '\n').count();
    }

    static ScriptPiece of(int firstLine, String text) {
        String lines =
                text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
        int end = lines.endsWith("\n") ? lines.length() - 1 : lines.length();
        int line = firstLine;
        int begin = 0;
        int lineEnd = lineEnd(lines, begin, end);
        while (isComment(lines, begin, lineEnd)) {
            if (lineEnd == end) {
                // a variable of several lines makes a statement out of a comment's end
                return new ScriptPiece(line, lines.substring(begin, end));
            }
            line++;
            begin = lineEnd + 1;
            lineEnd = lineEnd(lines, begin, end);
        }
        int lastLine = lines.lastIndexOf('\n', end - 1) + 1;
        while (isComment(lines, lastLine, end)) {
            end = lastLine - 1;
            lastLine = lines.lastIndexOf('\n', end - 1) + 1;
        }
        return new ScriptPiece(line, lines.substring(begin, end));
    }

    private static int lineEnd(String lines, int begin, int end) {
        int found = lines.indexOf('\n', begin);
        return found < 0 ? end : Math.min(found, end);
    }

    /** What MyBatis' script runner takes for a comment: a no-break space before one makes it text, so no {@code strip}. */
    private static boolean isComment(String lines, int begin, int end) {
        int index = begin;
        while (index < end && lines.charAt(index) <= ' ') {
            index++;
        }
        // a line ends before the first letter of the next
        return index == end || lines.startsWith("--", index) || lines.startsWith("//", index);
    }
}
