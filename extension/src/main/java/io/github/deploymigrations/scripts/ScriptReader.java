package io.github.deploymigrations.scripts;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Properties;
import org.apache.ibatis.migration.MigrationReader;

/**
 * MyBatis' own reader of a script's up or undo part, which also tells the line of the file that it has read last and
 * refuses malformed characters. Not thread-safe.
 */
public final class ScriptReader extends MigrationReader {
    private static final int LONGEST_BLOCK = 4 * 1024 * 1024;

    private final LineReader lines;
    private char[] block = new char[512];
    private int begin;
    private int end;
    /** Whether MyBatis may have more of a line than it was asked for. */
    private boolean rest;

    /** @param hashed whether the checksum will be asked for */
    ScriptReader(InputStream file, Charset charset, boolean undo, Properties variables, boolean hashed) {
        super(InputStream.nullInputStream(), charset.name(), undo, variables);
        lines = new LineReader(undo, decoded(file, charset), hashed);
        in = lines;
    }

    /** The text of a file, which fails where it is none in that character set. */
    static Reader decoded(InputStream file, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        return file instanceof ByteArrayInputStream memory
                ? new TextInMemory(memory, decoder)
                : new InputStreamReader(new Unasked(file), decoder);
    }

    /**
     * Does not tell how much it has: the decoder asks after each block, and of a file that takes two calls of the system
     * (JDK 17).
     */
    private static final class Unasked extends FilterInputStream {
        Unasked(InputStream file) {
            super(file);
        }

        @Override
        public int available() {
            return 0;
        }
    }

    /**
     * Like MyBatis' own, at most one line a call; but MyBatis moves the rest of a line at each call (3.5.0), so that one
     * of ten megabytes takes seconds: of such a line it is asked for more and more.
     */
    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (begin == end) {
            int plain = rest ? 0 : lines.plainLine(target, offset, length);
            if (plain > 0) {
                return plain;
            }
            if (end == block.length && block.length < LONGEST_BLOCK) {
                block = new char[block.length * 2];
            }
            begin = 0;
            end = Math.max(0, super.read(block, 0, block.length));
            rest = end == block.length;
            if (end == 0) {
                return -1;
            }
        }
        int count = Math.min(length, end - begin);
        System.arraycopy(block, begin, target, offset, count);
        begin += count;
        return count;
    }

    /** The line of the file that was read last, from 1. */
    public int line() {
        return lines.line();
    }

    /** What was read since the last call, as the file has it: the statement that goes to the database now. */
    public ScriptPiece take() {
        return lines.take();
    }

    /** Whether what was read so far asks for no transaction. */
    boolean isNoTransaction() {
        return lines.text().isNoTransaction();
    }

    /**
     * The line, from 1, that looks as if it began the undo part, and does not; 0 if none was read so far, or the undo part
     * has begun: then it is a comment.
     */
    int falseUndo() {
        return lines.text().isInUndo() ? 0 : lines.text().falseUndo();
    }

    /** The checksum of the part as far as it was read: up to the end of the statement that was read last. */
    public String checksum() {
        return lines.text().checksum();
    }
}
