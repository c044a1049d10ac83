package io.github.deploymigrations.run;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** What hooks print, line by line into the log. */
final class LogStream extends ByteArrayOutputStream {
    private final UnaryOperator<String> mask;

    private LogStream(UnaryOperator<String> mask) {
        this.mask = mask;
    }

    static PrintStream of(UnaryOperator<String> mask) {
        return new PrintStream(new LogStream(mask), true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void flush() {
        String text = toString(StandardCharsets.UTF_8);
        int end = text.lastIndexOf('\n');
        if (end >= 0) {
            text.substring(0, end).lines().forEach(line -> Log.log(Message.HOOK_PRINTED, mask.apply(line)));
            reset();
            writeBytes(text.substring(end + 1).getBytes(StandardCharsets.UTF_8));
        }
    }
}
