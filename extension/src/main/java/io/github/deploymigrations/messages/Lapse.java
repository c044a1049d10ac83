package io.github.deploymigrations.messages;

import java.time.Duration;

/** How long something took or may take, for people: {@code 850 ms}, {@code 12.5 s}, {@code 30 s}, {@code 5 min 10 s}. */
public final class Lapse {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private Lapse() {}

    /** The duration as text, to the tenth of a second below a minute. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis < SECOND) {
            return millis + " ms";
        }
        if (millis < MINUTE) {
            long tenths = millis % SECOND / (SECOND / 10);
            return millis / SECOND + (tenths == 0 ? "" : "." + tenths) + " s";
        }
        return millis < HOUR ? both(millis, MINUTE, " min", SECOND, " s") : both(millis, HOUR, " h", MINUTE, " min");
    }

    private static String both(long millis, long large, String largeUnit, long small, String smallUnit) {
        long rest = millis % large / small;
        return millis / large + largeUnit + (rest == 0 ? "" : " " + rest + smallUnit);
    }
}
