package io.github.deploymigrations.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How much is measured: by system properties, or so little that it is a test.
 *
 * @param peersUpTo the most scripts that the slow peers are given
 */
record Sizes(
        boolean published,
        List<Place> places,
        List<Integer> scripts,
        int peersUpTo,
        int rounds,
        List<Integer> nodes,
        int megabytes,
        int revisions,
        List<Integer> loadRevisions,
        Duration load) {

    static Sizes wanted() {
        return new Sizes(
                Boolean.getBoolean("benchmark.publish"),
                Arrays.stream(text("places", "H2_MEMORY,POSTGRESQL").split(",", -1))
                        .map(Place::valueOf)
                        .toList(),
                numbers("scripts", "3"),
                Integer.getInteger("benchmark.peers-up-to", 1000),
                Integer.getInteger("benchmark.rounds", 1),
                numbers("nodes", "1,2"),
                Integer.getInteger("benchmark.megabytes", 1),
                Integer.getInteger("benchmark.revisions", 500),
                numbers("load-revisions", "10"),
                Duration.ofMillis(Integer.getInteger("benchmark.load-millis", 300)));
    }

    /** Whether the tool is measured with so many scripts. */
    boolean includes(Tool tool, int count) {
        return !tool.isSlow() || count <= peersUpTo;
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
