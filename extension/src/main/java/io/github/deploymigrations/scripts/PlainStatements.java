package io.github.deploymigrations.scripts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The statements of a small script in order, as they go to the database. They are complete before anybody else sees them;
 * then only one thread may ask for checksums.
 */
public final class PlainStatements {
    private static final int BLOCK = 1024;

    private final byte[] file;
    private final Charset charset;
    private final List<String> statements = new ArrayList<>();
    /** The line of the file that each ends on. */
    private final List<Integer> lines = new ArrayList<>();

    private List<String> checksums = List.of();

    /** @param file that they are in */
    PlainStatements(byte[] file, Charset charset) {
        this.file = file;
        this.charset = charset;
    }

    void add(String sql, int line) {
        statements.add(sql);
        lines.add(line);
    }

    /** In characters of statements, and bytes of the file. */
    long length() {
        long length = file.length;
        for (String sql : statements) {
            length += sql.length();
        }
        return length;
    }

    /** How many there are. */
    public int size() {
        return statements.size();
    }

    /**
     * A statement.
     *
     * @param number of it, from 1
     */
    public String sql(int number) {
        return statements.get(number - 1);
    }

    /** Whether a word is in one of them, in whatever case and wherever. */
    public boolean mention(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (String sql : statements) {
            if (sql.toLowerCase(Locale.ROOT).contains(lower)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The checksum of the script's text up to the end of a statement: the one that {@link ScriptReader#checksum()} tells
     * when it was read so far. Found out when somebody asks, as nobody does where one transaction holds the script.
     *
     * @param number of the statement, from 1
     */
    public String checksumUpTo(int number) {
        if (checksums.isEmpty()) {
            checksums = checksums();
        }
        return checksums.get(number - 1);
    }

    private List<String> checksums() {
        List<String> found = new ArrayList<>();
        char[] block = new char[BLOCK];
        Reader text = ScriptReader.decoded(new ByteArrayInputStream(file), charset);
        try (LineReader reader = new LineReader(false, text, true)) {
            int count = 0;
            while (count >= 0 && found.size() < lines.size()) {
                count = reader.read(block, 0, block.length);
                boolean ended = count < 0 || block[count - 1] == '\n' || block[count - 1] == '\r';
                if (ended && lines.get(found.size()) <= reader.line()) {
                    addAll(found, reader);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** A line may be the end of several statements, by a variable of several lines. */
    private void addAll(List<String> found, LineReader reader) {
        String checksum = reader.text().checksum();
        while (found.size() < lines.size() && lines.get(found.size()) <= reader.line()) {
            found.add(checksum);
        }
    }
}
