package io.github.deploymigrations.messages;

import java.util.List;

/**
 * The log of the extension: every record starts with the id of its message.
 *
 * <p>Written through {@link System.Logger}, so that each server routes it as its own. Thread-safe.
 */
public final class Log {
    private static final System.Logger LOGGER = System.getLogger("io.github.deploymigrations");

    private Log() {}

    /** Logs the message at its own level. */
    public static void log(Message message, Object... arguments) {
        if (LOGGER.isLoggable(message.level())) {
            LOGGER.log(message.level(), "{0}", message.with(arguments));
        }
    }

    /** Logs the message and the lines below it as one record, so that no other record comes between them. */
    public static void log(Message message, List<String> lines, Object... arguments) {
        if (LOGGER.isLoggable(message.level())) {
            LOGGER.log(
                    message.level(),
                    "{0}",
                    message.with(arguments) + System.lineSeparator() + String.join(System.lineSeparator(), lines));
        }
    }

    /** Logs a warning that a run of the named database had to say. */
    public static void log(String name, Explanation warning) {
        LOGGER.log(System.Logger.Level.WARNING, "{0}", warning.code() + " " + name + ": " + warning.what());
    }

    /** Logs what a developer of this extension wants to see of an exception that was told as a message. */
    public static void trace(Message message, Throwable cause) {
        LOGGER.log(System.Logger.Level.DEBUG, message.code(), cause);
    }

    /** Whether each statement is wanted in the log. */
    public static boolean statements() {
        return LOGGER.isLoggable(System.Logger.Level.DEBUG);
    }
}
