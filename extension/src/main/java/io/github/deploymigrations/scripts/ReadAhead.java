package io.github.deploymigrations.scripts;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/** What was read of a file and not handed out yet. A byte order mark at the beginning is left out. Not thread-safe. */
final class ReadAhead implements Closeable {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final int LARGE = 8192;

    /** What ends a line, begins a variable or may end the up part. */
    private static final boolean[] MEANING = new boolean['@' + 1];

    static {
        MEANING['\n'] = true;
        MEANING['\r'] = true;
        MEANING['$'] = true;
        MEANING['@'] = true;
    }

    private final Reader file;
    private char[] characters = new char[1024];
    private int position;
    private int limit;
    private boolean begun;

    ReadAhead(Reader file) {
        this.file = file;
    }

    /** A file's text without the mark. */
    static String withoutMark(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    /** What was read, or some of it, from {@link #position} on, until the next call of anything here. */
    char[] characters() {
        return characters;
    }

    int position() {
        return position;
    }

    /** These were handed out. */
    void skip(int count) {
        position += count;
    }

    /** Whether the file has more, which is there now. */
    boolean isFilled() throws IOException {
        return position < limit || fill();
    }

    private boolean fill() throws IOException {
        position = 0;
        if (limit == characters.length && limit < LARGE) {
            // most scripts are small, and thousands of them are read at each start
            characters = new char[LARGE];
        }
        limit = Math.max(0, file.read(characters, 0, characters.length));
        if (!begun && limit > 0) {
            begun = true;
            if (characters[0] == BYTE_ORDER_MARK) {
                position = 1;
                return position < limit || fill();
            }
        }
        return limit > 0;
    }

    /** Reads on although something is left; tells whether there was more, and room for it. */
    private boolean more() throws IOException {
        if (position > 0) {
            limit -= position;
            System.arraycopy(characters, position, characters, 0, limit);
            position = 0;
        }
        if (limit == characters.length) {
            if (limit == LARGE) {
                return false;
            }
            characters = Arrays.copyOf(characters, LARGE);
        }
        int count = file.read(characters, limit, characters.length - limit);
        limit += Math.max(0, count);
        return count > 0;
    }

    /** How long the next line is with its end, as far as it is there and not longer than that. */
    int line(int most) {
        int end = Math.min(limit, position + most);
        int index = lineEnd(characters, position, end);
        boolean isPair = index + 1 < end && characters[index] == '\r' && characters[index + 1] == '\n';
        return Math.min(end, index + (isPair ? 2 : 1)) - position;
    }

    /**
     * How long the next line is with its end, which is a line feed or a carriage return and one, if it means nothing to
     * MyBatis' reader (3.5.0). Negative if its end is not in reach or another, if there may be a variable in it, or if it
     * may be the one that begins the undo part.
     */
    int plainLine() throws IOException {
        boolean tag = false;
        int length = 0;
        while (isReached(length)) {
            length = nextMeaning(characters, position + length, limit) - position;
            if (position + length < limit) {
                char character = characters[position + length];
                length++;
                if (character == '\n') {
                    return tag && isComment() ? -1 : length;
                }
                tag |= character == '@';
                if ((character == '\r' && !isNext(length, '\n')) || (character == '$' && isNext(length, '{'))) {
                    return -1;
                }
            }
        }
        return -1;
    }

    /** The first carriage return or line feed. */
    static int lineEnd(char[] text, int begin, int end) {
        int index = begin;
        while (index < end && (text[index] > '\r' || (text[index] != '\n' && text[index] != '\r'))) {
            index++;
        }
        return index;
    }

    /** In a method of its own, which the JVM compiles before all others: a big file is read in its first second. */
    private static int nextMeaning(char[] text, int begin, int end) {
        int index = begin;
        while (index < end && (text[index] > '@' || !MEANING[text[index]])) {
            index++;
        }
        return index;
    }

    private boolean isReached(int length) throws IOException {
        return position + length < limit || more();
    }

    private boolean isNext(int length, char character) throws IOException {
        return isReached(length) && characters[position + length] == character;
    }

    private boolean isComment() {
        int index = position;
        while (characters[index] == ' ' || characters[index] == '\t') {
            index++;
        }
        return characters[index] == '-' || characters[index] == '/';
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
