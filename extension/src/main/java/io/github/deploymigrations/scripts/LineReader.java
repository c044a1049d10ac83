package io.github.deploymigrations.scripts;

import java.io.IOException;
import java.io.Reader;

/**
 * Hands out at most one line a call and counts the lines, so that a reader which buffers on top of it still tells where
 * it is. A byte order mark at the beginning is left out. The lines that mean nothing to MyBatis' reader, which looks at
 * each character on its own (3.5.0), it hands out past that.
 *
 * <p>That {@link java.io.BufferedReader} asks only once to fill its buffer is the JDK's behaviour and not its contract;
 * a test holds it (JDK 17 and 25).
 */
final class LineReader extends Reader {
    private final ReadAhead file;
    private int line;
    private char last = '\n';
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
    LineReader(boolean undo, Reader file, boolean hashed) {
        this.undo = undo;
        this.file = new ReadAhead(file);
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
        while (last == '\n' && file.isFilled()) {
            boolean inPart = text.isInUndo() == undo;
            int whole = inPart || (undo && !seen) ? file.plainLine() : -1;
            if (whole < 0) {
                seen = !inPart;
                return 0;
            }
            char[] characters = file.characters();
            int begin = file.position();
            int count = whole > 1 && characters[begin + whole - 2] == '\r' ? whole - 2 : whole - 1;
            if (inPart && count + lineEnd.length > length) {
                return 0;
            }
            text.addLine(characters, begin, count);
            file.skip(whole);
            line++;
            if (inPart) {
                System.arraycopy(characters, begin, target, offset, count);
                System.arraycopy(lineEnd, 0, target, offset + count, lineEnd.length);
                keep(characters, begin, whole);
                return count + lineEnd.length;
            }
        }
        return 0;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!file.isFilled()) {
            return -1;
        }
        boolean secondHalf = last == '\r' && file.characters()[file.position()] == '\n';
        if ((last == '\n' || last == '\r') && !secondHalf) {
            line++;
        }
        int count = file.line(length);
        System.arraycopy(file.characters(), file.position(), target, offset, count);
        file.skip(count);
        last = target[offset + count - 1];
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

    @Override
    public void close() throws IOException {
        file.close();
    }
}
