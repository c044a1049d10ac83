package io.github.deploymigrations.scripts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * The checksum of the up part of a file in UTF-8, the same as {@link PartText} finds: by its bytes, of which nearly
 * all are hashed as they are. It is needed of every script at every start, when the JVM is young and each character that
 * is looked at by itself is dear. Not thread-safe.
 */
final class Utf8Part {
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int LONGEST_CHARACTER = 3;
    private static final int BLOCK = 64 * 1024;
    private static final int LONGEST_LINE = Integer.MAX_VALUE / 2;
    private static final int DECODED_AT_A_TIME = 1024;

    private final MessageDigest digest = Checksum.begin();
    /** Made for the first character that is not ASCII. */
    private Optional<CharsetDecoder> decoder = Optional.empty();

    /** Some of the file; as much as fits of a line is there from its beginning. */
    private byte[] text;
    /** So much of it is of the file. */
    private int filled;
    /** So much of it was decoded, or need not be. */
    private int decoded;
    /** So many of its first bytes are to be hashed next, moved there from behind. */
    private int length;

    private int blankLines;
    private boolean afterReturn;
    private boolean ended;

    private Utf8Part(byte[] text, int filled) {
        this.text = text;
        this.filled = filled;
    }

    /**
     * Finds the checksum.
     *
     * @param file all of it; what is in the array is changed
     * @throws CharacterCodingException if it is not in UTF-8
     */
    static String checksum(byte[] file) throws CharacterCodingException {
        Utf8Part part = new Utf8Part(file, file.length);
        part.requireDecodable(true);
        part.hashLast(part.hashLines(part.begin()));
        return Checksum.text(part.digest);
    }

    /**
     * Finds the checksum.
     *
     * @param file from its beginning
     * @throws CharacterCodingException if it is not in UTF-8
     */
    static String checksum(InputStream file) throws IOException {
        return checksum(file, BLOCK);
    }

    /** @param block so many bytes at a time, three or more */
    static String checksum(InputStream file, int block) throws IOException {
        Utf8Part part = new Utf8Part(new byte[block], 0);
        part.filled = file.readNBytes(part.text, 0, block);
        int begin = part.begin();
        while (part.filled == part.text.length) {
            part.requireDecodable(false);
            part.keepFrom(part.hashLines(begin));
            begin = 0;
            part.filled += file.readNBytes(part.text, part.filled, part.text.length - part.filled);
        }
        part.requireDecodable(true);
        part.hashLast(part.hashLines(begin));
        return Checksum.text(part.digest);
    }

    private int begin() {
        return filled >= LONGEST_CHARACTER && character(0) == BYTE_ORDER_MARK ? LONGEST_CHARACTER : 0;
    }

    private void requireDecodable(boolean isEndOfFile) throws CharacterCodingException {
        if (decoder.isEmpty() && isAscii()) {
            decoded = filled;
            return;
        }
        if (decoder.isEmpty()) {
            decoder = Optional.of(StandardCharsets.UTF_8.newDecoder());
        }
        ByteBuffer bytes = ByteBuffer.wrap(text, decoded, filled - decoded);
        CharBuffer characters = CharBuffer.allocate(DECODED_AT_A_TIME);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            characters.clear();
            result = decoder.get().decode(bytes, characters, isEndOfFile);
        }
        if (result.isError()) {
            result.throwException();
        }
        decoded = bytes.position();
    }

    private boolean isAscii() {
        int all = 0;
        for (int index = decoded; index < filled; index++) {
            all |= text[index];
        }
        return all >= 0;
    }

    /** Hashes the lines that are there whole; returns where the next begins. */
    private int hashLines(int first) {
        int begin = first;
        boolean mayBeEnd = false;
        int index = nextMeaning(text, begin, filled);
        while (index < filled && !ended) {
            byte now = text[index];
            boolean secondHalf = now == '\n' && afterReturn && index == begin;
            if (secondHalf) {
                begin = index + 1;
            } else if (now == '@') {
                mayBeEnd = true;
            } else {
                ended = mayBeEnd && isEnd(begin, index);
                if (!ended) {
                    endLine(begin, index);
                }
                begin = index + 1;
                mayBeEnd = false;
            }
            afterReturn = now == '\r';
            index = nextMeaning(text, index + 1, filled);
        }
        digest.update(text, 0, length);
        length = 0;
        return ended ? filled : begin;
    }

    /** In a method of its own, which the JVM compiles before all others: a big file is read in its first second. */
    private static int nextMeaning(byte[] text, int begin, int end) {
        int index = begin;
        while (index < end && text[index] != '\n' && text[index] != '@' && text[index] != '\r') {
            index++;
        }
        return index;
    }

    /** Makes room for more; what was not decoded yet is at the end of what stays. */
    private void keepFrom(int begin) throws IOException {
        int from = Math.min(begin, decoded);
        int kept = filled - from;
        decoded -= from;
        filled = kept;
        if (from == 0 && filled > LONGEST_LINE) {
            throw new IOException("a line is longer than " + LONGEST_LINE + " bytes");
        }
        if (from == 0) {
            text = Arrays.copyOf(text, 2 * text.length);
        } else {
            System.arraycopy(text, from, text, 0, kept);
        }
    }

    /** The last line may have no end. */
    private void hashLast(int begin) {
        int end = ended ? begin : stripped(begin, filled);
        if (end > begin && !isEnd(begin, end)) {
            add(begin, end);
            digest.update(text, 0, length);
            // there may be no room for it
            digest.update((byte) '\n');
        }
    }

    private boolean isEnd(int begin, int end) {
        return PartText.isEnd(new String(text, begin, end - begin, StandardCharsets.UTF_8).stripTrailing());
    }

    /** Blank lines count as soon as another line follows them. */
    private void endLine(int begin, int lineEnd) {
        int end = stripped(begin, lineEnd);
        if (end == begin) {
            blankLines++;
        } else {
            add(begin, end);
            text[length++] = '\n';
        }
    }

    private void add(int begin, int end) {
        if (length + blankLines > begin) {
            // they are of a block before
            digest.update(text, 0, length);
            length = 0;
            for (; blankLines > 0; blankLines--) {
                digest.update((byte) '\n');
            }
        }
        for (; blankLines > 0; blankLines--) {
            text[length++] = '\n';
        }
        if (length != begin) {
            System.arraycopy(text, begin, text, length, end - begin);
        }
        length += end - begin;
    }

    /** Where a line ends without the blanks at its end. */
    private int stripped(int begin, int lineEnd) {
        int end = lineEnd;
        while (end > begin) {
            if (text[end - 1] >= 0 && Character.isWhitespace(text[end - 1])) {
                end--;
            } else if (end - begin >= LONGEST_CHARACTER && Character.isWhitespace(character(end - LONGEST_CHARACTER))) {
                end -= LONGEST_CHARACTER;
            } else {
                return end;
            }
        }
        return end;
    }

    /** The character of three bytes that begins there, which no others are that are blanks outside of ASCII; else 0. */
    private int character(int index) {
        return (text[index] & 0xF0) == 0xE0
                ? (text[index] & 0x0F) << 12 | (text[index + 1] & 0x3F) << 6 | (text[index + 2] & 0x3F)
                : 0;
    }
}
