package io.github.deploymigrations.scripts;

import java.util.List;

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
        List<String> lines = text.lines().toList();
        int begin = 0;
        while (begin < lines.size() && isComment(lines.get(begin))) {
            begin++;
        }
        int end = lines.size();
        while (end > begin && isComment(lines.get(end - 1))) {
            end--;
        }
        if (begin == lines.size() && begin > 0) {
            // a variable of several lines makes a statement out of a comment's end
            return new ScriptPiece(firstLine + lines.size() - 1, lines.get(lines.size() - 1));
        }
        return new ScriptPiece(firstLine + begin, String.join("\n", lines.subList(begin, end)));
    }

    /** What MyBatis' script runner takes for a comment: a no-break space before one makes it text, so no {@code strip}. */
    private static boolean isComment(String line) {
        String trimmed = line.trim();
        return trimmed.isEmpty() || trimmed.startsWith("--") || trimmed.startsWith("//");
    }
}
