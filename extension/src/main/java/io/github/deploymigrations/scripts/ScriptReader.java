package io.github.deploymigrations.scripts;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Properties;
import org.apache.ibatis.migration.MigrationReader;

/**
 * MyBatis' own reader of a script's up or undo part, which also tells the line of the file that it has read last and
 * refuses malformed characters. Not thread-safe.
 */
public final class ScriptReader extends MigrationReader {
    private final LineReader lines;

    ScriptReader(InputStream file, Charset charset, boolean undo, Properties variables) {
        super(InputStream.nullInputStream(), charset.name(), undo, variables);
        lines = new LineReader(new InputStreamReader(
                file,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        in = lines;
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
        return lines.upPart().isNoTransaction();
    }

    /** The checksum of the up part as far as it was read: up to the end of the statement that was read last. */
    public String checksum() {
        return lines.upPart().checksum();
    }
}
