package io.github.deploymigrations.benchmark;

import io.github.deploymigrations.testing.ChildProcess;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What stays in the heap for the status page after a start. */
record Retention(int revisions, Path scripts) {

    /** As Markdown. */
    List<String> lines() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh();
                ChildProcess child = ChildProcess.start(
                        List.of(),
                        TestClassPath.of(Tool.OURS),
                        MeasuredMemory.class,
                        database.url(),
                        database.user(),
                        database.password(),
                        scripts.toString())) {
            long bytes = Long.parseLong(child.awaitLine("keeps ").split(" ", -1)[1]);
            return List.of(String.format(
                    Locale.ROOT,
                    "%,d revisions keep %,d KB of heap: %,d bytes a revision.",
                    revisions,
                    bytes / 1024,
                    bytes / revisions));
        }
    }
}
