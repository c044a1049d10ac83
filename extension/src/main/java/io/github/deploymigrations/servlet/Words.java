package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.changelog.Attempt;
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

    static String count(long number, String one) {
        return number(number) + " " + one + (number == 1 ? "" : "s");
    }

    /** With a comma at the thousands. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** What was tried and how it ended, in one word or two. */
    static String attempt(Attempt attempt) {
        return switch (attempt.outcome()) {
            case DONE -> done(attempt.kind());
            case FAILED -> infinitive(attempt.kind()) + " failed";
            case STARTED -> infinitive(attempt.kind()) + " begun";
        };
    }

    private static String done(Attempt.Kind kind) {
        return switch (kind) {
            case APPLY -> "Applied";
            case SEEN -> "Found applied";
            case UNDO -> "Undone";
            case ACCEPT -> "Accepted";
            case SKIP -> "Skipped";
            case BASELINE -> "Baselined";
            case RESET -> "Reset";
        };
    }

    private static String infinitive(Attempt.Kind kind) {
        return switch (kind) {
            case APPLY -> "Apply";
            case SEEN -> "Look";
            case UNDO -> "Undo";
            case ACCEPT -> "Accept";
            case SKIP -> "Skip";
            case BASELINE -> "Baseline";
            case RESET -> "Reset";
        };
    }

    /** The class of the style sheet that stands for how an attempt ended. */
    static String style(Attempt.Outcome outcome) {
        return switch (outcome) {
            case DONE -> "is-applied";
            case FAILED -> "is-failed";
            case STARTED -> "is-interrupted";
        };
    }
}
