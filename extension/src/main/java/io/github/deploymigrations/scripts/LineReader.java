package io.github.deploymigrations.scripts;

import java.io.IOException;
import java.io.Reader;

/**
 * Hands out at most one line a call and counts the lines, so that a reader which buffers on top of it still tells where
 * it is. A byte order mark at the beginning is left out.
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
            piece.append(target, offset, Math.min(count, Math.max(0, ScriptPiece.LONGEST - piece.length())));
        }
        return count;
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
