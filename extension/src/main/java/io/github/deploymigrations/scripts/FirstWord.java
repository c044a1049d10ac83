package io.github.deploymigrations.scripts;

/**
 * A cheap look at what a statement begins with, which spares most of them a regular expression. It knows the letters of
 * ASCII alone, as the expressions do.
 */
final class FirstWord {
    private FirstWord() {}

    /** Where it begins: behind what {@code \s} of a regular expression is. */
    static int begin(String sql) {
        int index = 0;
        while (index < sql.length() && isBlank(sql.charAt(index))) {
            index++;
        }
        return index;
    }

    /** Where the word behind that one begins; that is its own end, if it does not end with a blank. */
    static int next(String sql, int begin) {
        int index = begin;
        while (index < sql.length() && isLetter(sql.charAt(index))) {
            index++;
        }
        while (index < sql.length() && isBlank(sql.charAt(index))) {
            index++;
        }
        return index;
    }

    /** Whether this stands there in capital or small letters, and no more of a word behind it for sure. */
    static boolean isWordAt(String sql, int begin, String word) {
        int end = begin + word.length();
        return isAt(sql, begin, word) && end < sql.length() && isBlank(sql.charAt(end));
    }

    /** Whether this stands there in capital or small letters, whatever is behind it. */
    static boolean isAt(String sql, int begin, String word) {
        if (begin + word.length() > sql.length()) {
            return false;
        }
        int index = 0;
        while (index < word.length() && (sql.charAt(begin + index) | ' ') == word.charAt(index)) {
            index++;
        }
        return index == word.length();
    }

    private static boolean isBlank(char character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

    private static boolean isLetter(char character) {
        return (character | ' ') >= 'a' && (character | ' ') <= 'z';
    }
}
