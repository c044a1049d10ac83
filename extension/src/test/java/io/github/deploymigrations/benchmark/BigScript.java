package io.github.deploymigrations.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One script that is larger than the heap. */
record BigScript(List<Place> places, int megabytes, Path scripts) {
    private static final String HEAP = "-Xmx128m";

    /** As Markdown. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("| Database | Tool | MB a second | of MyBatis' time | most heap in use |");
        lines.add("|---|---|---:|---:|---:|");
        for (Place place : places) {
            if (place != Place.H2_MEMORY) {
                Optional<Measured> yardstick = measured(place, Tool.MYBATIS);
                for (Tool tool : Arrays.stream(Tool.values())
                        .filter(tool -> tool == Tool.JDBC || tool.isPeer())
                        .toList()) {
                    Optional<Measured> measured = tool == Tool.MYBATIS ? yardstick : measured(place, tool);
                    lines.add("| " + place.title() + " | " + tool.title() + " | " + cells(measured, yardstick) + " |");
                }
            }
        }
        return lines;
    }

    private String cells(Optional<Measured> measured, Optional<Measured> yardstick) {
        if (measured.isEmpty() || yardstick.isEmpty()) {
            return "fails in 128 MB | | ";
        }
        return String.format(
                Locale.ROOT,
                "%.1f | %.2f | %d MB",
                megabytes * 1000 / measured.get().millis(),
                measured.get().millis() / yardstick.get().millis(),
                measured.get().heap() / 1024 / 1024);
    }

    private Optional<Measured> measured(Place place, Tool tool) {
        try (FreshStart fresh = new FreshStart(tool, place, scripts)) {
            Measured measured = fresh.start(HEAP).get(0);
            System.out.printf("%s %s: %.0f ms%n", place, tool, measured.millis());
            return Optional.of(measured);
        } catch (AssertionError e) {
            System.out.printf("%s %s: %s%n", place, tool, e.getMessage());
            return Optional.empty();
        }
    }
}
