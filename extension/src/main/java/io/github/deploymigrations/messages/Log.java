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
        LOGGER.log(System.Logger.Level.WARNING, "{0}", warning.sentencesOf(name));
    }

    /**
     * Logs where an exception came from that was told as a message. Types and places only: its text is in the message,
     * without the passwords and variables that a driver may quote.
     */
    public static void trace(Message message, Throwable thrown) {
        if (LOGGER.isLoggable(System.Logger.Level.DEBUG)) {
            StringBuilder text = new StringBuilder(message.code());
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                text.append(System.lineSeparator()).append(cause.getClass().getName());
                for (StackTraceElement element : cause.getStackTrace()) {
                    text.append(System.lineSeparator()).append("\tat ").append(element);
                }
            }
            LOGGER.log(System.Logger.Level.DEBUG, "{0}", text);
        }
    }

    /** Whether each statement is wanted in the log. */
    public static boolean statements() {
        return LOGGER.isLoggable(System.Logger.Level.DEBUG);
    }
}
