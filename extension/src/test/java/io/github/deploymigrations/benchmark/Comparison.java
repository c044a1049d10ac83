package io.github.deploymigrations.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All tools side by side: first apply, then a start with nothing to do; one after the other, and all of that again. */
final class Comparison {
    /** What a start has to do. */
    enum Work {
        APPLY("First apply", "apply", Tool.JDBC),
        APPLY_WARM("First apply, in a JVM that has migrated other databases", "apply-warm", Tool.JDBC),
        NOTHING("Nothing to do, in a fresh JVM", "nothing", Tool.MYBATIS),
        AGAIN("Nothing to do, again in the same JVM", "again", Tool.MYBATIS);

        private final String title;
        private final String part;
        private final Tool yardstick;

        Work(String title, String part, Tool yardstick) {
            this.title = title;
            this.part = part;
            this.yardstick = yardstick;
        }

        String title() {
            return title;
        }

        /** The part of the page. */
        String part() {
            return part;
        }

        /** Whose time is 1. */
        Tool yardstick() {
            return yardstick;
        }
    }

    private record Row(Work work, Place place, int scripts, Tool tool) {}

    private final Sizes sizes;
    private final Map<Row, List<Double>> millis = new HashMap<>();

    Comparison(Sizes sizes) {
        this.sizes = sizes;
    }

    /** Where the figures go, again and again: a run of hours may be ended before its end. */
    @FunctionalInterface
    interface Publication {
        void of(Comparison soFar) throws IOException;
    }

    /** @param folder with a folder of scripts for each of the sizes, by its name */
    Comparison measure(Path folder, Publication publication) throws IOException {
        inTurns(
                List.of(Tool.values()),
                (place, scripts, tool) -> measure(place, scripts, tool, folder.resolve(String.valueOf(scripts))),
                publication);
        return this;
    }

    /** First apply in a JVM that is warm; the same folder. */
    Comparison measureWarm(Path folder, Publication publication) throws IOException {
        List<Tool> tools = Arrays.stream(Tool.values())
                .filter(tool -> tool.takesPart(Work.APPLY_WARM))
                .toList();
        inTurns(
                tools,
                (place, scripts, tool) -> add(
                        new Row(Work.APPLY_WARM, place, scripts, tool),
                        new WarmStart(tool, place, folder.resolve(String.valueOf(scripts))).last()),
                publication);
        return this;
    }

    /** What is measured by turns. */
    @FunctionalInterface
    private interface Measuring {
        void of(Place place, int scripts, Tool tool);
    }

    private void inTurns(List<Tool> tools, Measuring measuring, Publication publication) throws IOException {
        for (int scripts : sizes.scripts()) {
            List<Tool> turns = new ArrayList<>(tools);
            for (int round = 0; round < sizes.rounds(scripts); round++) {
                for (Place place : sizes.places()) {
                    for (Tool tool : turns) {
                        measuring.of(place, scripts, tool);
                    }
                    publication.of(this);
                }
                // who comes after whom changes
                Collections.rotate(turns, 1);
            }
        }
    }

    private void measure(Place place, int scripts, Tool tool, Path folder) {
        try (FreshStart fresh = new FreshStart(tool, place, folder)) {
            List<Measured> first = fresh.start();
            if (tool.takesPart(Work.APPLY)) {
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

    /** Fails if something of it is left. */
    void requireComplete(List<Work> works) {
        for (Work work : works) {
            for (Place place : sizes.places()) {
                for (int scripts : sizes.scripts()) {
                    for (Tool tool : Tool.values()) {
                        boolean measured = spread(work, place, scripts, tool).isPresent();
                        assertEquals(
                                tool.takesPart(work), measured, work + ", " + place + ", " + scripts + ", " + tool);
                    }
                }
            }
        }
    }

    /** What was measured, or empty where nothing was. */
    Optional<Spread> spread(Work work, Place place, int scripts, Tool tool) {
        return Optional.ofNullable(millis.get(new Row(work, place, scripts, tool)))
                .map(Spread::of);
    }

    /** What was measured of all. */
    Set<Work> works() {
        return millis.keySet().stream().map(Row::work).collect(Collectors.toCollection(TreeSet::new));
    }

    Sizes sizes() {
        return sizes;
    }
}
