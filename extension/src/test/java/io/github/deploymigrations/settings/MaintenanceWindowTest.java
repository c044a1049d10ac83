package io.github.deploymigrations.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.Draw;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceWindowTest {
    private static MaintenanceWindow window(String text) {
        return MaintenanceWindow.parse(text).orElseThrow();
    }

    private static Optional<ZonedDateTime> opensNext(MaintenanceWindow window, Instant now) {
        return window.opensNext(Clock.fixed(now, ZoneOffset.UTC));
    }

    /** 2026-11-21 is a Saturday; clocks in Berlin are put forward on 2026-03-29, and back on 2026-10-25. */
    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                // a night over the week's end
                "Sat 22:00-Sun 04:00 Europe/Berlin; 2026-11-21T20:59:59Z; 2026-11-21T22:00:00+01:00[Europe/Berlin]",
                "Sat 22:00-Sun 04:00 Europe/Berlin; 2026-11-21T21:00:00Z; open",
                "Sat 22:00-Sun 04:00 Europe/Berlin; 2026-11-22T02:59:59Z; open",
                "Sat 22:00-Sun 04:00 Europe/Berlin; 2026-11-22T03:00:00Z; 2026-11-28T22:00:00+01:00[Europe/Berlin]",
                "Sat 22:00-Sun 04:00 Europe/Berlin; 2026-07-04T20:00:00Z; open",
                "Sat 22:00-Sun 04:00 Europe/Berlin; 2026-07-05T02:00:00Z; 2026-07-11T22:00:00+02:00[Europe/Berlin]",
                "Sun 22:00-Mon 04:00; 2026-11-23T03:59:59Z; open",
                "Fri 20:00-Mon 04:00; 2026-11-22T12:00:00Z; open",
                // without a zone, without a day
                "22:00-04:00; 2026-11-21T21:59:00Z; 2026-11-21T22:00:00Z",
                "22:00-04:00; 2026-11-21T23:00:00Z; open",
                "22:00-04:00; 2026-11-23T03:00:00Z; open",
                "22:00-04:00; 2026-11-23T04:00:00Z; 2026-11-23T22:00:00Z",
                "1:00-4:30; 2026-11-21T04:29:00Z; open",
                "00:00-24:00; 2026-11-21T23:59:59Z; open",
                "Sat 00:00-24:00; 2026-11-22T00:00:00Z; 2026-11-28T00:00:00Z",
                // the end has no day: the next time that a clock shows it
                "Sat 22:00-04:00; 2026-11-22T03:00:00Z; open",
                "Sat 01:00-04:00; 2026-11-21T04:00:00Z; 2026-11-28T01:00:00Z",
                // several days
                "Mon-Fri 01:00-04:00; 2026-11-21T02:00:00Z; 2026-11-23T01:00:00Z",
                "Fri-Mon 01:00-04:00; 2026-11-22T02:00:00Z; open",
                "Fri-Mon 01:00-04:00; 2026-11-24T02:00:00Z; 2026-11-27T01:00:00Z",
                // several windows, and whose zone counts
                "Sat 01:00-02:00, Wed 01:00-02:00; 2026-11-21T12:00:00Z; 2026-11-25T01:00:00Z",
                "Sat 01:00-02:00, Sun 01:00-02:00 Europe/Berlin; 2026-11-21T00:30:00Z; open",
                "Sat 01:00-02:00 UTC, Sun 01:00-02:00 Europe/Berlin; 2026-11-21T00:30:00Z; 2026-11-21T01:00:00Z[UTC]",
                "Sat 01:00-02:00 Europe/Berlin, Sun 01:00-02:00; 2026-11-21T00:30:00Z; open",
                "Sat 01:00-02:00 +05:30; 2026-11-20T19:00:00Z; 2026-11-21T01:00:00+05:30",
                // clocks are put forward from 02:00 to 03:00
                "Sun 02:00-03:00 Europe/Berlin; 2026-03-28T12:00:00Z; 2026-04-05T02:00:00+02:00[Europe/Berlin]",
                "Sun 02:30-03:30 Europe/Berlin; 2026-03-28T12:00:00Z; 2026-03-29T03:00:00+02:00[Europe/Berlin]",
                "Sun 02:30-03:30 Europe/Berlin; 2026-03-29T01:29:59Z; open",
                "Sun 02:30-03:30 Europe/Berlin; 2026-03-29T01:30:00Z; 2026-04-05T02:30:00+02:00[Europe/Berlin]",
                "Sat 22:00-Sun 04:00 Europe/Berlin; 2026-03-29T01:59:59Z; open",
                "Sat 22:00-Sun 04:00 Europe/Berlin; 2026-03-29T02:00:00Z; 2026-04-04T22:00:00+02:00[Europe/Berlin]",
                // clocks are put back from 03:00 to 02:00
                "Sun 02:15-02:45 Europe/Berlin; 2026-10-25T00:30:00Z; open",
                "Sun 02:15-02:45 Europe/Berlin; 2026-10-25T00:45:00Z; 2026-10-25T02:15:00+01:00[Europe/Berlin]",
                "Sun 02:15-02:45 Europe/Berlin; 2026-10-25T01:44:59Z; open",
                "Sun 02:15-02:45 Europe/Berlin; 2026-10-25T01:45:00Z; 2026-11-01T02:15:00+01:00[Europe/Berlin]",
                "Sun 01:00-02:30 Europe/Berlin; 2026-10-25T00:45:00Z; 2026-10-25T02:00:00+01:00[Europe/Berlin]",
                "Sat 22:00-Sun 04:00 Europe/Berlin; 2026-10-25T02:59:59Z; open",
            })
    void it_is_open_or_says_when_it_opens_next(String text, String now, String expected) {
        assertEquals(
                expected,
                opensNext(window(text), Instant.parse(now))
                        .map(DateTimeFormatter.ISO_ZONED_DATE_TIME::format)
                        .orElse("open"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Sat",
                "22:00",
                "22:00-22:00",
                "Sat 22:00-Sat 22:00",
                "Sat 22:00-Sat 04:00",
                "25:00-26:00",
                "22:60-23:00",
                "24:00-04:00",
                "22:00-Sun 04:00",
                "Mon-Fri 22:00-Sat 04:00",
                "Sat 22:00-Sun 04:00 Europe/Bonn",
                "Sat 22:00-Sun 04:00 Europe/Berlin now",
                "Samstag 22:00-04:00",
                "22:00-23:00,",
                "22:00-23:00;23:00-24:00",
            })
    void what_nobody_can_understand_is_refused(String text) {
        assertTrue(MaintenanceWindow.parse(text).isEmpty());
    }

    /** Minute by minute around a change of clocks, by the times that a clock on the wall shows. */
    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#some")
    void around_changes_of_clocks_it_is_open_when_a_clock_on_the_wall_says_so(Draw draw) {
        ZoneId zone = ZoneId.of(draw.of(
                "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/St_Johns"));
        Instant change = Instant.parse("2026-01-01T00:00:00Z");
        for (int number = draw.number(1, 4); number > 0; number--) {
            change = zone.getRules().nextTransition(change).getInstant();
        }
        DayOfWeek day = change.atZone(zone).getDayOfWeek();
        int from = draw.number(0, 24 * 60 - 2);
        int to = draw.number(from + 1, 24 * 60 - 1);
        MaintenanceWindow window = window(name(day) + " " + time(from) + "-" + time(to) + " " + zone);
        Instant start = change.minus(Duration.ofHours(30));
        draw.check(window + " around " + change, () -> {
            Optional<ZonedDateTime> foretold = Optional.empty();
            for (int minute = 0; minute < 60 * 60; minute++) {
                Instant moment = start.plus(Duration.ofMinutes(minute));
                ZonedDateTime shown = moment.atZone(zone);
                int ofDay = shown.getHour() * 60 + shown.getMinute();
                boolean open = shown.getDayOfWeek() == day && from <= ofDay && ofDay < to;
                Optional<ZonedDateTime> next = opensNext(window, moment);
                assertEquals(open, next.isEmpty(), "at " + shown);
                if (foretold.isPresent()) {
                    assertEquals(foretold, open ? Optional.of(shown) : next, "what was foretold before " + shown);
                }
                foretold = next;
            }
        });
    }

    private static String name(DayOfWeek day) {
        return day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(Locale.ROOT);
    }

    private static String time(int minutes) {
        return String.format(Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60);
    }
}
