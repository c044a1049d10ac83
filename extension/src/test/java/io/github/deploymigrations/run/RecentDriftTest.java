package io.github.deploymigrations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.changelog.SchemaMark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecentDriftTest {
    private static final SchemaMark MARK = new SchemaMark(7, Instant.EPOCH, "sha256:0");
    private static final List<String> LINES = List.of("- table a");

    @ParameterizedTest
    @CsvSource({
        // how long reading took, how long ago, told again to a page, told again to a probe
        "10, 999, true, true",
        "10, 1001, false, false",
        "100, 10001, false, false",
        "101, 10099, true, true",
        "101, 10101, false, true",
        "2500, 900000, false, true"
    })
    void what_was_read_is_told_again_for_a_hundred_times_as_long_and_to_a_probe_longer(
            long tookMillis, long agoMillis, boolean page, boolean probe) {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        RecentDrift recent = new RecentDrift(now::get);
        recent.remember(MARK, LINES, Duration.ofMillis(tookMillis));
        now.addAndGet(Duration.ofMillis(agoMillis).toNanos());
        assertEquals(page ? Optional.of(LINES) : Optional.empty(), recent.of(MARK, Patience.ENOUGH));
        assertEquals(probe ? Optional.of(LINES) : Optional.empty(), recent.of(MARK, Patience.NONE));
    }

    @ParameterizedTest
    @CsvSource({"8, 1970-01-01T00:00:00Z, sha256:0", "7, 1970-01-01T00:00:00Z, sha256:1"})
    void another_record_is_another_question(long number, Instant takenAt, String changelog) {
        RecentDrift recent = new RecentDrift();
        recent.remember(MARK, LINES, Duration.ofMinutes(1));
        for (Patience patience : Patience.values()) {
            assertEquals(Optional.empty(), recent.of(new SchemaMark(number, takenAt, changelog), patience));
        }
    }
}
