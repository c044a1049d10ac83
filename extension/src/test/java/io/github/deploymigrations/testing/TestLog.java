package io.github.deploymigrations.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the extension logs while this is open, whatever class loader it was loaded by. */
public final class TestLog extends Handler implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger("io.github.deploymigrations");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private TestLog() {}

    /** Listens from now on. */
    public static TestLog open() {
        TestLog log = new TestLog();
        LOGGER.addHandler(log);
        return log;
    }

    /** The messages with this id, with their level in front: {@code INFO MIGR-701 …}. */
    public List<String> of(String code) {
        return lines.stream().filter(line -> line.contains(" " + code + " ")).toList();
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(record.getLevel() + " " + new SimpleFormatter().formatMessage(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGER.removeHandler(this);
    }
}
