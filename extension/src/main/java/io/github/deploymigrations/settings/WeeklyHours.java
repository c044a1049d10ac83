package io.github.deploymigrations.settings;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours that come every week: {@code Sat 22:00-Sun 04:00 Europe/Berlin}, {@code Mon-Fri 01:00-04:00}, {@code 22:00-04:00}.
 *
 * @param spans of the week
 * @param zone whose clocks count
 */
record WeeklyHours(List<Span> spans, ZoneId zone) {
    private static final int DAY = 24 * 60;
    private static final int WEEK = 7 * DAY;

    /** A weekly time that the clocks skip comes a week later: they do not skip it twice in a row. */
    private static final int FORESIGHT_DAYS = 22;

    private static final String DAY_NAME = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    private static final String TIME = "([01]?[0-9]|2[0-3]):([0-5][0-9])";
    private static final Pattern TEXT = Pattern.compile(
            "(?:" + DAY_NAME + "(?:-" + DAY_NAME + ")?\\s+)?" + TIME + "\\s*-\\s*(?:" + DAY_NAME + "\\s+)?(?:" + TIME
                    + "|(24:00))(?:\\s+(\\S+))?",
            Pattern.CASE_INSENSITIVE);

    /**
     * A time of the week.
     *
     * @param from minutes since Monday 00:00
     * @param to likewise, exclusive; may be in the week after
     */
    record Span(int from, int to) {
        boolean has(int minute) {
            return (from <= minute && minute < to) || minute + WEEK < to;
        }
    }

    WeeklyHours {
        spans = List.copyOf(spans);
    }

    /** Empty if the text is malformed, or nobody can tell what is meant. */
    static Optional<WeeklyHours> parse(String text, ZoneId defaultZone) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int start = minutes(parts.group(3), parts.group(4));
        int end = parts.group(8) == null ? minutes(parts.group(6), parts.group(7)) : DAY;
        boolean everyDay = parts.group(1) == null;
        int first = everyDay ? 0 : day(parts.group(1));
        int last = everyDay ? 6 : parts.group(2) == null ? first : day(parts.group(2));
        int length = end - start + (end < start ? DAY : 0);
        if (parts.group(5) != null) {
            boolean several = everyDay || parts.group(2) != null;
            int days = Math.floorMod(day(parts.group(5)) - first, 7);
            length = several ? 0 : days * DAY + end - start;
        }
        if (length <= 0) {
            return Optional.empty();
        }
        List<Span> spans = new ArrayList<>();
        for (int number = 0; number <= Math.floorMod(last - first, 7); number++) {
            int from = (first + number) % 7 * DAY + start;
            spans.add(new Span(from, from + length));
        }
        return zone(parts.group(9), defaultZone).map(zone -> new WeeklyHours(spans, zone));
    }

    private static int minutes(String hours, String minutes) {
        return Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
    }

    /** From 0 for Monday. */
    private static int day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().startsWith(name.toUpperCase(Locale.ROOT))) {
                return day.getValue() - 1;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static Optional<ZoneId> zone(String name, ZoneId defaultZone) {
        try {
            return Optional.of(name == null ? defaultZone : ZoneId.of(name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean isOpen(Instant moment) {
        LocalDateTime shown = LocalDateTime.ofInstant(moment, zone);
        int minute = (shown.getDayOfWeek().getValue() - 1) * DAY + shown.getHour() * 60 + shown.getMinute();
        return spans.stream().anyMatch(span -> span.has(minute));
    }

    /** When they open after a moment at which they are closed: as a clock shows their start, or as clocks are changed. */
    ZonedDateTime opensNext(Instant now) {
        return candidates(now).stream()
                .filter(moment -> moment.isAfter(now) && isOpen(moment))
                .min(Instant::compareTo)
                .orElseThrow()
                .atZone(zone);
    }

    private List<Instant> candidates(Instant now) {
        ZoneRules rules = zone.getRules();
        List<Instant> candidates = new ArrayList<>();
        LocalDate today = LocalDate.ofInstant(now, zone);
        for (int days = 0; days <= FORESIGHT_DAYS; days++) {
            LocalDate date = today.plusDays(days);
            for (Span span : spans) {
                if (span.from() / DAY == date.getDayOfWeek().getValue() - 1) {
                    LocalDateTime start = date.atTime(LocalTime.ofSecondOfDay(span.from() % DAY * 60L));
                    // none where clocks skip it, two where they show it twice
                    rules.getValidOffsets(start).forEach(offset -> candidates.add(start.toInstant(offset)));
                }
            }
        }
        Instant end = today.plusDays(FORESIGHT_DAYS).atStartOfDay(zone).toInstant();
        ZoneOffsetTransition change = rules.nextTransition(now);
        while (change != null && change.getInstant().isBefore(end)) {
            candidates.add(change.getInstant());
            change = rules.nextTransition(change.getInstant());
        }
        return candidates;
    }
}
