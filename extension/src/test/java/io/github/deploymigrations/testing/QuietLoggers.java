package io.github.deploymigrations.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the servers' starters write on every start is nobody's business unless it is a warning. */
public final class QuietLoggers {
    /** The JDK forgets a logger that nobody holds, and its level with it. */
    private static final List<Logger> KEPT = new ArrayList<>();

    private QuietLoggers() {}

    public static void of(String name) {
        of(name, Level.WARNING);
    }

    static synchronized void of(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        KEPT.add(logger);
    }
}
