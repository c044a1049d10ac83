package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the time of this deployment's run went: waiting for another run, applying scripts, and the rest. */
final class RunTime {
    private RunTime() {}

    static void write(Html html, MigrationReport report) {
        Map<String, Duration> parts = parts(report);
        Duration whole = parts.values().stream().reduce(Duration.ZERO, Duration::plus);
        if (whole.isZero() || parts.size() < 2) {
            return;
        }
        html.open("div", "class", "time");
        html.element("h3", "Where the time of this run went");
        html.open("svg", "class", "bar", "viewBox", "0 0 100 4", "preserveAspectRatio", "none", "aria-hidden", "true");
        double begin = 0;
        for (Map.Entry<String, Duration> part : parts.entrySet()) {
            double width = 100.0 * part.getValue().toNanos() / whole.toNanos();
            Bars.piece(html, style(part.getKey()), begin, width);
            begin += width;
        }
        html.close();
        html.open("ul", "class", "legend");
        parts.forEach((name, duration) -> html.open("li", "class", style(name))
                .element("strong", Words.duration(duration))
                .text(" " + name)
                .close());
        html.close().close();
    }

    /** Those that took any time, in the order in which they came. */
    private static Map<String, Duration> parts(MigrationReport report) {
        Duration scripts = report.appliedNow().values().stream().reduce(Duration.ZERO, Duration::plus);
        Duration rest = report.duration().minus(report.lockWait()).minus(scripts);
        Map<String, Duration> parts = new LinkedHashMap<>();
        parts.put("waiting for the lock", report.lockWait());
        parts.put("applying scripts", scripts);
        parts.put("the rest: looking, locking, recording", rest);
        parts.values().removeIf(duration -> duration.toMillis() < 1);
        return parts;
    }

    private static String style(String part) {
        return "time-" + part.substring(0, part.indexOf(' '));
    }
}
