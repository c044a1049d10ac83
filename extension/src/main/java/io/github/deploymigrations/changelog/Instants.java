package io.github.deploymigrations.changelog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Times as the history has them, written by {@link Instant#toString()}. There are two in each of its rows, which are read
 * at each start: {@link Instant#parse} asks a formatter for each, which takes a young JVM longer than all else that is done
 * with a row (JDK 17).
 */
final class Instants {
    private static final int SECONDS_END = 19;
    private static final int NANO_DIGITS = 9;

    private Instants() {}

    /** @throws DateTimeException if it is no such time */
    static Instant parse(String text) {
        int end = text.length() - 1;
        boolean fraction =
                end > SECONDS_END + 1 && end <= SECONDS_END + 1 + NANO_DIGITS && text.charAt(SECONDS_END) == '.';
        if ((end == SECONDS_END || fraction) && text.charAt(end) == 'Z' && isShaped(text, end)) {
            try {
                return LocalDateTime.of(
                                number(text, 0, 4),
                                number(text, 5, 7),
                                number(text, 8, 10),
                                number(text, 11, 13),
                                number(text, 14, 16),
                                number(text, 17, SECONDS_END),
                                nanos(text, end))
                        .toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                // the end of a day or a leap second, if not a mistake
                return Instant.parse(text);
            }
        }
        return Instant.parse(text);
    }

    /** Whether there are digits where there have to be, and what separates them. */
    private static boolean isShaped(String text, int end) {
        for (int index = 0; index < end; index++) {
            char expected = switch (index) {
                case 4, 7 -> '-';
                case 10 -> 'T';
                case 13, 16 -> ':';
                case SECONDS_END -> '.';
                default -> '0';
            };
            char found = text.charAt(index);
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int begin, int end) {
        int number = 0;
        for (int index = begin; index < end; index++) {
            number = number * 10 + text.charAt(index) - '0';
        }
        return number;
    }

    private static int nanos(String text, int end) {
        int nanos = number(text, Math.min(end, SECONDS_END + 1), end);
        for (int digits = Math.max(0, end - SECONDS_END - 1); digits < NANO_DIGITS; digits++) {
            nanos *= 10;
        }
        return nanos;
    }
}
