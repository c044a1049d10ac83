package io.github.deploymigrations.changelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deploymigrations.testing.Draw;
import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of the history are read as {@link Instant#parse} reads them. */
class InstantsTest {

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#all")
    void every_instant_is_read_as_it_was_written(Draw draw) {
        int nanos = draw.of(0, 500_000_000, 123_000_000, 123_456_000, 123_456_789, 1, 999_999_999);
        Instant written = Instant.ofEpochSecond(draw.number(-2_000_000_000, 2_000_000_000), nanos);

        assertEquals(written, Instants.parse(written.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-29T23:45:01.5Z",
                "2026-11-29T23:45:01+00:00",
                "+12026-11-29T23:45:01Z",
                "-0044-03-15T12:00:00Z",
                "2026-11-29t23:45:01z",
                "2026-11-30T24:00:00Z",
                "2016-12-31T23:59:60Z",
                "2024-02-29T00:00:00.000000001Z"
            })
    void what_is_spelt_otherwise_is_read_as_the_jdk_reads_it(String text) {
        assertEquals(Instant.parse(text), Instants.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-29",
                "2026-11-29T23:45:01",
                "2026-13-29T23:45:01Z",
                "2026-02-30T23:45:01Z",
                "2026-11-29T23:61:01Z",
                "2026-11-29 23:45:01Z",
                "2026-11-29T23:45:01.1234567890Z",
                "2026-11-29T23:45:0aZ"
            })
    void what_is_no_time_is_refused(String text) {
        assertThrows(DateTimeException.class, () -> Instant.parse(text));
        assertThrows(DateTimeException.class, () -> Instants.parse(text));
    }
}
