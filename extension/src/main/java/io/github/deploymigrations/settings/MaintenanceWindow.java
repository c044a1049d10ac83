package io.github.deploymigrations.settings;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When pending scripts may run, every week: open whenever a clock on the wall of its zone shows a time of it. So where clocks
 * are put forward, what they skip does not come; where they are put back, what they show twice comes twice. Immutable.
 */
public final class MaintenanceWindow {
    private final String text;
    private final List<WeeklyHours> hours;

    private MaintenanceWindow(String text, List<WeeklyHours> hours) {
        this.text = text;
        this.hours = List.copyOf(hours);
    }

    /**
     * The window that the text describes, or empty if any part of it is malformed. A part without a zone has that of the
     * next part that names one; UTC, if none does.
     */
    static Optional<MaintenanceWindow> parse(String text) {
        List<WeeklyHours> hours = new ArrayList<>();
        String[] parts = text.split(",", -1);
        ZoneId zone = ZoneOffset.UTC;
        for (int number = parts.length - 1; number >= 0; number--) {
            Optional<WeeklyHours> parsed = WeeklyHours.parse(parts[number].strip(), zone);
            if (parsed.isEmpty()) {
                return Optional.empty();
            }
            zone = parsed.get().zone();
            hours.add(0, parsed.get());
        }
        return Optional.of(new MaintenanceWindow(text, hours));
    }

    /** Whether it is open at a moment. */
    boolean isOpen(Instant moment) {
        return hours.stream().anyMatch(some -> some.isOpen(moment));
    }

    /** When it opens the next time, in the zone of its own; empty if it is open now. */
    public Optional<ZonedDateTime> opensNext(Clock clock) {
        Instant now = clock.instant();
        if (isOpen(now)) {
            return Optional.empty();
        }
        return hours.stream()
                .map(some -> some.opensNext(now))
                .min((one, other) -> one.toInstant().compareTo(other.toInstant()));
    }

    /** As the user wrote it. */
    @Override
    public String toString() {
        return text;
    }
}
