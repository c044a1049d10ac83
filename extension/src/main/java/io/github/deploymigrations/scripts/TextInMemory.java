package io.github.deploymigrations.scripts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Optional;

/**
 * The text of a file in memory, decoded at once: an {@link java.io.InputStreamReader} has buffers that are larger than most
 * scripts, and ten thousand of them make a heap grow (JDK 17). Not thread-safe.
 */
final class TextInMemory extends Reader {
    private final ByteArrayInputStream file;
    private final CharsetDecoder decoder;
    private Optional<CharBuffer> text = Optional.empty();

    TextInMemory(ByteArrayInputStream file, CharsetDecoder decoder) {
        this.file = file;
        this.decoder = decoder;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (text.isEmpty()) {
            text = Optional.of(decoder.decode(ByteBuffer.wrap(file.readAllBytes())));
        }
        CharBuffer rest = text.get();
        if (length > 0 && !rest.hasRemaining()) {
            return -1;
        }
        int count = Math.min(length, rest.remaining());
        rest.get(target, offset, count);
        return count;
    }

    @Override
    public void close() {
        text = Optional.of(CharBuffer.allocate(0));
    }
}
