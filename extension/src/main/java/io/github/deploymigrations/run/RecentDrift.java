package io.github.deploymigrations.run;

import io.github.deploymigrations.changelog.SchemaMark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a look at the schema found last, so that one who asks for the status again and again does not have it read each time:
 * reading takes no more than a hundredth of the time. Thread-safe.
 */
final class RecentDrift {
    private static final int SHARE = 100;
    private static final Duration LONG = Duration.ofMillis(100);

    private final LongSupplier nanoTime;
    private Optional<Found> latest = Optional.empty();

    RecentDrift() {
        this(System::nanoTime);
    }

    RecentDrift(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Found(SchemaMark mark, List<String> lines, Duration took, long until) {}

    /** Empty if the schema is to be read; for who has no patience, if that does not take long. */
    synchronized Optional<List<String>> of(SchemaMark mark, Patience patience) {
        return latest.filter(found -> found.mark().equals(mark))
                .filter(found -> nanoTime.getAsLong() - found.until() < 0
                        || (patience == Patience.NONE && found.took().compareTo(LONG) > 0))
                .map(Found::lines);
    }

    synchronized void remember(SchemaMark mark, List<String> lines, Duration took) {
        latest = Optional.of(new Found(mark, lines, took, nanoTime.getAsLong() + SHARE * took.toNanos()));
    }
}
