package io.github.deploymigrations.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How much is measured: by system properties, or so little that it is a test. */
record Sizes(
        boolean published,
        List<Place> places,
        List<Integer> scripts,
        int rounds,
        List<Integer> nodes,
        int megabytes,
        int revisions,
        List<Integer> loadRevisions,
        Duration load) {

    private static final int VERY_MANY = 10_000;

    static Sizes wanted() {
        return new Sizes(
                Boolean.getBoolean("benchmark.publish"),
                Arrays.stream(text("places", "H2_MEMORY,POSTGRESQL").split(",", -1))
                        .map(Place::valueOf)
                        .toList(),
                numbers("scripts", "3"),
                Integer.getInteger("benchmark.rounds", 1),
                numbers("nodes", "2"),
                Integer.getInteger("benchmark.megabytes", 1),
                Integer.getInteger("benchmark.revisions", 500),
                numbers("load-revisions", "10"),
                Duration.ofMillis(Integer.getInteger("benchmark.load-millis", 300)));
    }

    /** How often so many scripts are measured: very many of them but once, as it takes an hour. */
    int rounds(int count) {
        return count < VERY_MANY ? rounds : 1;
    }

    private static List<Integer> numbers(String name, String otherwise) {
        return Arrays.stream(text(name, otherwise).split(",", -1))
                .map(Integer::valueOf)
                .toList();
    }

    private static String text(String name, String otherwise) {
        return System.getProperty("benchmark." + name, otherwise);
    }
}
