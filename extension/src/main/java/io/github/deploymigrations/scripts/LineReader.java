package io.github.deploymigrations.scripts;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/**
 * Hands out at most one line a call and counts the lines, so that a reader which buffers on top of it still tells where
 * it is. A byte order mark at the beginning is left out. The lines that mean nothing to MyBatis' reader, which looks at
 * each character on its own (3.5.0), it hands out past that.
 *
 * <p>That {@link java.io.BufferedReader} asks only once to fill its buffer is the JDK's behaviour and not its contract;
 * a test holds it (JDK 17 and 25).
 */
final class LineReader extends Reader {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final int LARGE = 8192;

    private final Reader source;
    private char[] buffer = new char[1024];
    private int position;
    private int limit;
    private int line;
    private char last = '\n';
    private boolean begun;
    private final boolean undo;
    private final PartText text;
    private final StringBuilder piece = new StringBuilder();
    private final char[] lineEnd = System.getProperty("line.separator", "\n").toCharArray();
    /** Whether MyBatis has read something of the up part before it comes to the undo part: that may begin a variable. */
    private boolean seen;

    private int pieceLine = 1;
    private ScriptPiece taken = new ScriptPiece(1, "");

    /**
     * Reads.
     *
     * @param undo whether the part behind the line {@code -- //@UNDO} is meant
     * @param hashed whether its checksum will be asked for
     */
    LineReader(boolean undo, Reader source, boolean hashed) {
        this.undo = undo;
        this.source = source;
        this.text = new PartText(undo, hashed);
    }

    /** The line of the character that was handed out last, from 1; 0 before the first. */
    int line() {
        return line;
    }

    /**
     * What was handed out since the last call, as the file has it, without the comments around it. The same again where
     * one line of the file is the end of several statements, by a variable of several lines.
     */
    ScriptPiece take() {
        if (!piece.isEmpty()) {
            taken = ScriptPiece.of(pieceLine, piece.toString());
            piece.setLength(0);
            pieceLine = line + 1;
        }
        return taken;
    }

    /** What the text that was handed out so far says by itself. */
    PartText text() {
        return text;
    }

    /**
     * Hands out the next line whole, ended as MyBatis ends lines, if MyBatis would hand it out like this: no variable is
     * in it, and it does not end the part. MyBatis must have no rest of a line before. Of lines that are not in the part it
     * hands out none.
     *
     * @return how many characters; 0 if MyBatis has to read what comes next
     */
    int plainLine(char[] target, int offset, int length) throws IOException {
        while (last == '\n' && (position < limit || fill())) {
            boolean inPart = text.isInUndo() == undo;
            int end = inPart || (undo && !seen) ? endOfPlainLine() : -1;
            if (end < 0) {
                seen = !inPart;
                return 0;
            }
            int count = end - position - (end > position && buffer[end - 1] == '\r' ? 1 : 0);
            if (inPart && count + lineEnd.length > length) {
                return 0;
            }
            int begin = position;
            text.addLine(buffer, begin, count);
            position = end + 1;
            line++;
            if (inPart) {
                System.arraycopy(buffer, begin, target, offset, count);
                System.arraycopy(lineEnd, 0, target, offset + count, lineEnd.length);
                keep(buffer, begin, end + 1 - begin);
                return count + lineEnd.length;
            }
        }
        return 0;
    }

    /**
     * Where the line feed of the next line is. Negative if there is none in reach, or a carriage return that is not of it;
     * if a variable may begin on the line; if it may be the one that begins the undo part.
     */
    private int endOfPlainLine() throws IOException {
        boolean at = false;
        int index = position;
        while (true) {
            // what means something is not above this one
            while (index < limit && buffer[index] > '@') {
                index++;
            }
            boolean unclear = index < limit && (buffer[index] == '\r' || buffer[index] == '$');
            if (index + (unclear ? 1 : 0) >= limit) {
                int seenOfIt = index - position;
                if (!more()) {
                    return -1;
                }
                index = position + seenOfIt;
                continue;
            }
            switch (buffer[index]) {
                case '\n' -> {
                    return at && isCommentAt(position) ? -1 : index;
                }
                case '\r' -> {
                    if (buffer[index + 1] != '\n') {
                        return -1;
                    }
                }
                case '$' -> {
                    if (buffer[index + 1] == '{') {
                        return -1;
                    }
                }
                case '@' -> at = true;
                default -> {}
            }
            index++;
        }
    }

    private boolean isCommentAt(int begin) {
        int index = begin;
        while (buffer[index] == ' ' || buffer[index] == '\t') {
            index++;
        }
        return buffer[index] == '-' || buffer[index] == '/';
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == limit && !fill()) {
            return -1;
        }
        boolean secondHalf = last == '\r' && buffer[position] == '\n';
        if ((last == '\n' || last == '\r') && !secondHalf) {
            line++;
        }
        int end = position;
        int most = Math.min(limit, position + length);
        do {
            last = buffer[end++];
        } while (end < most && last != '\n' && last != '\r');
        if (last == '\r' && end < most && buffer[end] == '\n') {
            last = buffer[end++];
        }
        int count = end - position;
        System.arraycopy(buffer, position, target, offset, count);
        position = end;
        boolean inUndo = text.isInUndo();
        text.add(target, offset, count);
        boolean restOfTheLineBefore = secondHalf && piece.isEmpty();
        if (undo && !inUndo && text.isInUndo()) {
            piece.setLength(0);
            pieceLine = line + 1;
        } else if (!restOfTheLineBefore) {
            keep(target, offset, count);
        }
        return count;
    }

    private void keep(char[] characters, int offset, int count) {
        int kept = Math.min(count, ScriptPiece.LONGEST - piece.length());
        if (kept > 0) {
            // as a string, as a builder takes an array character by character (JDK 17)
            piece.append(new String(characters, offset, kept));
        }
    }

    /** Reads on although something is left of what was read; tells whether it did. */
    private boolean more() throws IOException {
        if (position > 0) {
            limit -= position;
            System.arraycopy(buffer, position, buffer, 0, limit);
            position = 0;
        }
        if (limit == buffer.length) {
            if (limit == LARGE) {
                return false;
            }
            buffer = Arrays.copyOf(buffer, LARGE);
        }
        int count = source.read(buffer, limit, buffer.length - limit);
        limit += Math.max(0, count);
        return count > 0;
    }

    private boolean fill() throws IOException {
        position = 0;
        if (limit == buffer.length && limit < LARGE) {
            // most scripts are small, and thousands of them are read at each start
            buffer = new char[LARGE];
        }
        limit = Math.max(0, source.read(buffer, 0, buffer.length));
        if (!begun && limit > 0) {
            begun = true;
            if (buffer[0] == BYTE_ORDER_MARK) {
                position = 1;
                return position < limit || fill();
            }
        }
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
