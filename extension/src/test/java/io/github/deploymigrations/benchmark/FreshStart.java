package io.github.deploymigrations.benchmark;

import io.github.deploymigrations.testing.ChildProcess;
import io.github.deploymigrations.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One database and one tool: each start is in a JVM of its own. */
final class FreshStart implements AutoCloseable {
    private final Tool tool;
    private final TestDatabase database;
    private final Path scripts;
    private final Path kept;

    FreshStart(Tool tool, Place place, Path scripts) {
        this.tool = tool;
        this.database = place.fresh();
        this.scripts = scripts;
        this.kept = temporaryFolder().resolve("kept.sql");
    }

    /** Starts; the last of what it returns is the second start of the same JVM, which never has anything to do. */
    List<Measured> start(String... options) {
        try (ChildProcess child = ChildProcess.start(
                List.of(options),
                TestClassPath.of(tool),
                MeasuredStart.class,
                tool.name(),
                url(database),
                database.user(),
                database.password(),
                scripts.toString(),
                kept.toString())) {
            List<Measured> starts = new ArrayList<>();
            starts.add(Measured.of(child.awaitLine("measured ")));
            if (tool.remembers()) {
                starts.add(Measured.of(child.awaitLine("measured ")));
            }
            child.awaitLine("all done");
            return starts;
        }
    }

    /** A server for other processes would be part of the measurement. */
    static String url(TestDatabase database) {
        return database.url().replace(";AUTO_SERVER=TRUE", "");
    }

    /** Starts once, and adds where its thread was. */
    void profile(Flames flames) throws IOException {
        Path recording = kept.resolveSibling("start.jfr");
        try (ChildProcess child = ChildProcess.start(
                // else what is deepest loses its root
                List.of("-XX:FlightRecorderOptions:stackdepth=512"),
                TestClassPath.of(tool),
                ProfiledStart.class,
                tool.name(),
                url(database),
                database.user(),
                database.password(),
                scripts.toString(),
                recording.toString())) {
            child.awaitLine("all done");
            flames.add(recording);
        } finally {
            Files.deleteIfExists(recording);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("benchmark");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        database.close();
        try {
            Files.deleteIfExists(kept);
            Files.delete(kept.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
