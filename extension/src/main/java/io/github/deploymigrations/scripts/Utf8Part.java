package io.github.deploymigrations.scripts;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The checksum of the up part of a small file in UTF-8, the same as {@link PartText} finds: by its bytes, of which nearly
 * all are hashed as they are. It is needed of every script at every start, when the JVM is young and each character that
 * is looked at by itself is dear. Not thread-safe.
 */
final class Utf8Part {
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int LONGEST_CHARACTER = 3;

    private final byte[] text;
    /** So many of its first bytes are what is hashed, moved there from behind. */
    private int length;

    private int blankLines;

    private Utf8Part(byte[] text) {
        this.text = text;
    }

    /**
     * Finds the checksum.
     *
     * @param file all of it; what is in the array is changed
     * @throws CharacterCodingException if it is not in UTF-8
     */
    static String checksum(byte[] file) throws CharacterCodingException {
        requireDecodable(file);
        MessageDigest digest = Checksum.begin();
        new Utf8Part(file).hash(digest);
        return Checksum.text(digest);
    }

    private static void requireDecodable(byte[] file) throws CharacterCodingException {
        int all = 0;
        for (byte one : file) {
            all |= one;
        }
        if (all < 0) {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file));
        }
    }

    private void hash(MessageDigest digest) {
        int begin = text.length >= LONGEST_CHARACTER && character(0) == BYTE_ORDER_MARK ? LONGEST_CHARACTER : 0;
        boolean mayBeEnd = false;
        boolean afterReturn = false;
        for (int index = begin; index < text.length; index++) {
            byte now = text[index];
            if (now == '\n' && afterReturn) {
                begin = index + 1;
            } else if (now == '\n' || now == '\r') {
                if (mayBeEnd && isEnd(begin, index)) {
                    digest.update(text, 0, length);
                    return;
                }
                endLine(begin, index);
                begin = index + 1;
                mayBeEnd = false;
            } else if (now == '@') {
                mayBeEnd = true;
            }
            afterReturn = now == '\r';
        }
        if (mayBeEnd && isEnd(begin, text.length)) {
            begin = text.length;
        }
        int end = stripped(begin, text.length);
        if (end > begin) {
            add(begin, end);
            digest.update(text, 0, length);
            // there may be no room for it
            digest.update((byte) '\n');
        } else {
            digest.update(text, 0, length);
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
