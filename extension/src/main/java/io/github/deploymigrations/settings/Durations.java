package io.github.deploymigrations.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 30d} or ISO-8601. */
final class Durations {
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Duration LONGEST = Duration.ofDays(366);

    private Durations() {}

    /** The duration, or empty if the text is none, is negative or longer than a year. */
    static Optional<Duration> parse(String text) {
        Optional<Duration> duration = exact(text.toLowerCase(Locale.ROOT));
        boolean fits = duration.isPresent()
                && !duration.get().isNegative()
                && duration.get().compareTo(LONGEST) <= 0;
        return fits ? duration : Optional.empty();
    }

    private static Optional<Duration> exact(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            try {
                return Optional.of(Duration.parse(text));
            } catch (DateTimeParseException | ArithmeticException e) {
                return Optional.empty();
            }
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }
}
