package io.github.deploymigrations.servlet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants: in UTC, to which the page's script adds the zone of the reader. */
final class Times {
    private Times() {}

    /** With the zone's name. */
    static void utc(Html html, Instant instant) {
        write(html, instant, Words.time(instant) + " UTC");
    }

    /** Where the zone's name stands elsewhere, in a table's header for example. */
    static void bare(Html html, Instant instant) {
        write(html, instant, Words.time(instant));
    }

    private static void write(Html html, Instant instant, String text) {
        // HTML knows no more than three digits of a second
        html.element(
                "time", text, "datetime", instant.truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
