package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.RevisionState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How states, times and durations are called on the page. */
final class Words {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    static String name(MigrationStatus status) {
        return switch (status) {
            case FAILED -> "Failed";
            case RUNNING -> "Running";
            case PENDING -> "Pending";
            case UP_TO_DATE -> "Up to date";
            case OFF -> "Off";
        };
    }

    static String name(RevisionState state) {
        return switch (state) {
            case RUNNING -> "Running";
            case INTERRUPTED -> "Interrupted";
            case FAILED -> "Failed";
            case CHANGED -> "Changed";
            case MISSING -> "Missing";
            case NEWER -> "Newer";
            case LATE -> "Late";
            case SKIPPED -> "Skipped";
            case BASELINE -> "Baseline";
            case APPLIED -> "Applied";
            case PENDING -> "Pending";
            case UNDONE -> "Undone";
        };
    }

    static String meaning(RevisionState state) {
        return switch (state) {
            case RUNNING -> "a run applies it now";
            case INTERRUPTED -> "an attempt to apply it ended without a word";
            case FAILED -> "the last attempt to apply it failed";
            case CHANGED -> "applied, but the script is not what was applied";
            case MISSING -> "applied, but this release has no script for it";
            case NEWER -> "applied by a release newer than this one";
            case LATE -> "not applied, although a newer one is";
            case SKIPPED -> "left out for ever";
            case BASELINE -> "counts as applied: the database was there before its changelog";
            case APPLIED -> "the script is in the database";
            case PENDING -> "to be applied";
            case UNDONE -> "applied once, and undone since";
        };
    }

    /** The class of the style sheet that stands for a state. */
    static String style(Enum<?> state) {
        return "is-" + state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In UTC, without saying so. */
    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        return millis < 60_000
                ? String.format(Locale.ROOT, "%.1f s", millis / 1_000.0)
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    static String count(int number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }
}
