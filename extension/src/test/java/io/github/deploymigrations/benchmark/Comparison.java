package io.github.deploymigrations.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All tools side by side: first apply, then a start with nothing to do; one after the other, and all of that again. */
final class Comparison {
    /** What a start has to do. */
    enum Work {
        APPLY,
        /** In a JVM that has just started. */
        NOTHING,
        /** In the same JVM, right after that. */
        AGAIN
    }

    private record Row(Work work, Place place, int scripts, Tool tool) {}

    private final Sizes sizes;
    private final Map<Row, List<Double>> millis = new HashMap<>();

    Comparison(Sizes sizes) {
        this.sizes = sizes;
    }

    /** @param folder with a folder of scripts for each of the sizes, by its name */
    Comparison measure(Path folder) {
        List<Tool> tools = new ArrayList<>(List.of(Tool.values()));
        for (int round = 0; round < sizes.rounds(); round++) {
            for (int scripts : sizes.scripts()) {
                for (Place place : sizes.places()) {
                    for (Tool tool : tools) {
                        if (sizes.includes(tool, scripts)) {
                            measure(place, scripts, tool, folder.resolve(String.valueOf(scripts)));
                        }
                    }
                }
            }
            // who comes after whom changes
            Collections.rotate(tools, 1);
        }
        return this;
    }

    private void measure(Place place, int scripts, Tool tool, Path folder) {
        try (FreshStart fresh = new FreshStart(tool, place, folder)) {
            List<Measured> first = fresh.start();
            if (!tool.isLimit()) {
                add(new Row(Work.APPLY, place, scripts, tool), first.get(0));
            }
            if (tool.remembers()) {
                List<Measured> starts = fresh.start();
                add(new Row(Work.NOTHING, place, scripts, tool), starts.get(0));
                add(new Row(Work.AGAIN, place, scripts, tool), starts.get(1));
            }
        }
    }

    private void add(Row row, Measured measured) {
        millis.computeIfAbsent(row, key -> new ArrayList<>()).add(measured.millis());
        System.out.printf("%s %.1f ms%n", row, measured.millis());
    }

    /** What was measured, or empty where nothing was. */
    Optional<Spread> spread(Work work, Place place, int scripts, Tool tool) {
        return Optional.ofNullable(millis.get(new Row(work, place, scripts, tool)))
                .map(Spread::of);
    }

    Sizes sizes() {
        return sizes;
    }
}
