package io.github.deploymigrations.scripts;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the text of a script's up or undo part says by itself, before variables are put in: its directive and its checksum.
 * The checksum is SHA-256 over its lines in UTF-8, each without trailing
 * blanks and ended by a line feed, without the blank lines at the end. Line ends, a byte order mark and trailing blanks
 * thereby make no difference. Not thread-safe.
 */
final class PartText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int BLOCK = 2048;
    private static final String UNDO_TAG = "@UNDO";
    private static final String NO_TRANSACTION_TAG = "@NO_TRANSACTION";

    /** How {@code MigrationReader} of MyBatis Migrations 3.5.0 knows the line on which the up part ends. */
    private static final Pattern UNDO = Pattern.compile("(?s)[ \\t]*(?:--|//)[ \\t]*//[ \\t]*" + UNDO_TAG + ".*");

    /** What somebody may take for that line, and MyBatis does not, so that what follows is applied and not undone. */
    private static final Pattern NO_UNDO =
            Pattern.compile("[ \\t]*(?:--|//|/\\*)[-/* \\t]*@[ \\t]*UNDO[-/*:;. \\t]*", Pattern.CASE_INSENSITIVE);

    private static final Pattern NO_TRANSACTION = Pattern.compile("[ \\t]*--[ \\t]*" + NO_TRANSACTION_TAG);

    private final boolean undo;
    private final Optional<MessageDigest> digest;
    private final StringBuilder line = new StringBuilder();
    private int blankLines;
    private char last;
    private boolean ended;
    private boolean noTransaction;
    private int lines;
    private int falseUndo;

    /**
     * Begins.
     *
     * @param undo whether the part behind the line {@code -- //@UNDO} is meant
     * @param hashed whether its checksum will be asked for
     */
    PartText(boolean undo, boolean hashed) {
        this.undo = undo;
        this.digest = hashed ? Optional.of(Checksum.begin()) : Optional.empty();
    }

    /** Whether the up part ends before this line. */
    static boolean isEnd(String line) {
        // most lines say nothing of the kind, and there are many
        return line.contains(UNDO_TAG) && UNDO.matcher(line).matches();
    }

    /** Adds all that is left of a file. */
    void add(Reader file) throws IOException {
        char[] block = new char[BLOCK];
        int count = file.read(block);
        int from = count > 0 && block[0] == BYTE_ORDER_MARK ? 1 : 0;
        while (count >= 0) {
            add(block, from, count - from);
            count = file.read(block);
            from = 0;
        }
    }

    /** Adds some characters of the file, which may end in the middle of a line. */
    void add(char[] text, int offset, int length) {
        int from = offset;
        int end = offset + length;
        for (int index = ReadAhead.lineEnd(text, from, end); index < end; index = ReadAhead.lineEnd(text, from, end)) {
            boolean secondHalf = text[index] == '\n' && last == '\r' && index == from;
            if (!secondHalf) {
                endLine(text, from, index - from);
            }
            last = text[index];
            from = index + 1;
        }
        append(text, from, end - from);
        if (from < end) {
            last = text[end - 1];
        }
    }

    /** Adds a whole line, without its end, which is a line feed or a carriage return and one. */
    void addLine(char[] text, int offset, int length) {
        endLine(text, offset, length);
        last = '\n';
    }

    private void endLine(char[] text, int offset, int length) {
        lines++;
        if (!line.isEmpty()) {
            append(text, offset, length);
            endLine(line.toString(), digest);
            line.setLength(0);
        } else if ((digest.isPresent() && ended == undo) || isComment(text, offset, length)) {
            endLine(new String(text, offset, length), digest);
        }
    }

    /** As a string, as a builder takes an array character by character (JDK 17). */
    private void append(char[] text, int offset, int length) {
        if (length > 0) {
            line.append(new String(text, offset, length));
        }
    }

    /** Only such a line can be one of those that mean something. */
    private static boolean isComment(char[] text, int offset, int length) {
        int index = offset;
        int end = offset + length;
        while (index < end && (text[index] == ' ' || text[index] == '\t')) {
            index++;
        }
        return index < end && (text[index] == '-' || text[index] == '/');
    }

    /** Blank lines count as soon as another line follows them. */
    private void endLine(String whole, Optional<MessageDigest> target) {
        String text = whole.stripTrailing();
        boolean undoLine = !ended && isEnd(text);
        ended = ended || undoLine;
        if (undoLine || ended != undo) {
            return;
        }
        if (text.isEmpty()) {
            blankLines++;
        } else {
            noTransaction = noTransaction
                    || (text.endsWith(NO_TRANSACTION_TAG)
                            && NO_TRANSACTION.matcher(text).matches());
            // few comments have that sign
            if (falseUndo == 0
                    && !undo
                    && text.indexOf('@') >= 0
                    && NO_UNDO.matcher(text).matches()) {
                falseUndo = lines;
            }
            if (target.isPresent()) {
                add(text, target.get());
            }
        }
    }

    private void add(String text, MessageDigest hash) {
        for (; blankLines > 0; blankLines--) {
            hash.update((byte) '\n');
        }
        hash.update(text.getBytes(StandardCharsets.UTF_8));
        hash.update((byte) '\n');
    }

    /** Whether the line that begins the undo part was read. */
    boolean isInUndo() {
        return ended;
    }

    /** Whether the part asks for no transaction, as some statements of some databases do. */
    boolean isNoTransaction() {
        return noTransaction;
    }

    /** The line, from 1, that looks as if it began the undo part, and does not; 0 if there is none. */
    int falseUndo() {
        return falseUndo;
    }

    /** The checksum of the whole lines so far; at the end of the file, of a last line without an end as well. */
    String checksum() {
        MessageDigest copy = Checksum.copy(digest.orElseThrow());
        if (!line.isEmpty()) {
            int blanks = blankLines;
            boolean before = ended;
            endLine(line.toString(), Optional.of(copy));
            blankLines = blanks;
            ended = before;
        }
        return Checksum.text(copy);
    }
}
