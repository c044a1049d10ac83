package io.github.deploymigrations.run;

import io.github.deploymigrations.changelog.SchemaMark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a look at the schema found last, so that one who asks for the status again and again does not have it read each time:
 * reading takes no more than a hundredth of the time. Thread-safe.
 */
final class RecentDrift {
    private static final int SHARE = 100;

    private Optional<Found> latest = Optional.empty();

    private record Found(SchemaMark mark, List<String> lines, long until) {}

    /** Empty if the schema is to be read. */
    synchronized Optional<List<String>> since(SchemaMark mark) {
        return latest.filter(found -> found.mark().equals(mark) && System.nanoTime() - found.until() < 0)
                .map(Found::lines);
    }

    synchronized void remember(SchemaMark mark, List<String> lines, Duration took) {
        latest = Optional.of(new Found(mark, lines, System.nanoTime() + SHARE * took.toNanos()));
    }
}
