package io.github.deploymigrations.benchmark;

import io.github.deploymigrations.testing.ChildProcess;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** So many JVMs start at once on one PostgreSQL. */
record Crowd(List<Integer> nodes, int rounds, Path scripts) {

    /** How long until the last was ready, and what the greediest took. */
    private record Arrival(double millis, int connections, int statements) {}

    /** As Markdown. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| Database | Nodes | The last is ready after | Connections a node, at most | Statements a node, at most |");
        lines.add("|---|---:|---:|---:|---:|");
        for (int count : nodes) {
            List<Arrival> empty = new ArrayList<>();
            List<Arrival> upToDate = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
                    empty.add(arrival(database, count));
                    upToDate.add(arrival(database, count));
                }
            }
            lines.add("| empty | " + count + " | " + cells(empty));
            lines.add("| up to date | " + count + " | " + cells(upToDate));
        }
        return lines;
    }

    private static String cells(List<Arrival> arrivals) {
        Spread spread = Spread.of(arrivals.stream().map(Arrival::millis).toList());
        return String.format(
                Locale.ROOT,
                "%s | %d | %d |",
                spread.millis(),
                arrivals.stream().mapToInt(Arrival::connections).max().orElseThrow(),
                arrivals.stream().mapToInt(Arrival::statements).max().orElseThrow());
    }

    private Arrival arrival(TestDatabase database, int count) throws IOException {
        Path folder = Files.createTempDirectory("benchmark");
        Path go = folder.resolve("go");
        List<ChildProcess> children = new ArrayList<>();
        try {
            for (int node = 0; node < count; node++) {
                ChildProcess child = child(database, go);
                children.add(child);
                child.awaitLine("ready");
            }
            long start = System.nanoTime();
            Files.createFile(go);
            List<int[]> ends = children.stream()
                    .map(child -> child.awaitLine("ended "))
                    .map(line -> Arrays.stream(line.split(" ", -1))
                            .skip(1)
                            .mapToInt(Integer::parseInt)
                            .toArray())
                    .collect(Collectors.toList());
            double millis = (System.nanoTime() - start) / 1e6;
            return new Arrival(
                    millis,
                    ends.stream().mapToInt(end -> end[0]).max().orElseThrow(),
                    ends.stream().mapToInt(end -> end[1]).max().orElseThrow());
        } finally {
            children.forEach(ChildProcess::close);
            Files.deleteIfExists(go);
            Files.delete(folder);
        }
    }

    private ChildProcess child(TestDatabase database, Path go) {
        return ChildProcess.start(
                List.of(),
                TestClassPath.of(Tool.OURS),
                MeasuredNode.class,
                Tool.OURS.name(),
                database.url(),
                database.user(),
                database.password(),
                scripts.toString(),
                go.toString());
    }
}
