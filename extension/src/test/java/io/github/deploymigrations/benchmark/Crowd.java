package io.github.deploymigrations.benchmark;

import io.github.deploymigrations.testing.ChildProcess;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** So many JVMs start at once on one PostgreSQL, all with the same tool. */
record Crowd(List<Integer> nodes, int rounds, Path scripts) {
    private static final List<Tool> TOOLS =
            Arrays.stream(Tool.values()).filter(Tool::isPeer).toList();

    /** How long until the last was ready, what the greediest took, and how many ended with an error. */
    private record Arrival(double millis, int connections, int statements, int failed) {}

    /** As Markdown. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("| Database | Nodes | " + TOOLS.stream().map(Tool::title).collect(Collectors.joining(" | "))
                + " | Connections of each of this, at most | Statements |");
        lines.add("|---|---:|" + "---:|".repeat(TOOLS.size() + 2));
        for (int count : nodes) {
            Map<Tool, List<Arrival>> empty = new EnumMap<>(Tool.class);
            Map<Tool, List<Arrival>> upToDate = new EnumMap<>(Tool.class);
            for (int round = 0; round < rounds; round++) {
                for (Tool tool : TOOLS) {
                    try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
                        empty.computeIfAbsent(tool, none -> new ArrayList<>()).add(arrival(tool, database, count));
                        upToDate.computeIfAbsent(tool, none -> new ArrayList<>())
                                .add(arrival(tool, database, count));
                    }
                }
            }
            lines.add("| empty | " + count + cells(empty));
            lines.add("| up to date | " + count + cells(upToDate));
        }
        return lines;
    }

    private static String cells(Map<Tool, List<Arrival>> arrivals) {
        List<Arrival> ours = arrivals.get(Tool.OURS);
        return arrivals.values().stream().map(Crowd::cell).collect(Collectors.joining(" | ", " | ", " | "))
                + most(ours, Arrival::connections) + " | " + most(ours, Arrival::statements) + " |";
    }

    private static String cell(List<Arrival> arrivals) {
        Spread spread = Spread.of(arrivals.stream().map(Arrival::millis).toList());
        int failed = most(arrivals, Arrival::failed);
        return spread.millis() + (failed == 0 ? "" : ", " + failed + " fail");
    }

    private static int most(List<Arrival> arrivals, ToIntFunction<Arrival> figure) {
        return arrivals.stream().mapToInt(figure).max().orElseThrow();
    }

    private Arrival arrival(Tool tool, TestDatabase database, int count) throws IOException {
        Path folder = Files.createTempDirectory("benchmark");
        Path go = folder.resolve("go");
        List<ChildProcess> children = new ArrayList<>();
        try {
            for (int node = 0; node < count; node++) {
                ChildProcess child = child(tool, database, go);
                children.add(child);
                child.awaitLine("ready");
            }
            long start = System.nanoTime();
            Files.createFile(go);
            List<String> ends =
                    children.stream().map(child -> child.awaitLine("ended ")).toList();
            double millis = (System.nanoTime() - start) / 1e6;
            List<String> failures =
                    ends.stream().filter(end -> end.startsWith("ended by")).toList();
            if (tool == Tool.OURS && !failures.isEmpty()) {
                throw new IllegalStateException(String.join("\n", failures));
            }
            return new Arrival(millis, most(ends, 1), most(ends, 2), failures.size());
        } finally {
            children.forEach(ChildProcess::close);
            Files.deleteIfExists(go);
            Files.delete(folder);
        }
    }

    /** The greatest of the figures at this place, of the nodes that came to a good end. */
    private static int most(List<String> ends, int place) {
        return ends.stream()
                .filter(end -> !end.startsWith("ended by"))
                .mapToInt(end -> Integer.parseInt(end.split(" ", -1)[place]))
                .max()
                .orElse(0);
    }

    private ChildProcess child(Tool tool, TestDatabase database, Path go) {
        return ChildProcess.start(
                List.of(),
                TestClassPath.of(tool),
                MeasuredNode.class,
                tool.name(),
                database.url(),
                database.user(),
                database.password(),
                scripts.toString(),
                go.toString());
    }
}
