package io.github.deploymigrations.benchmark;

import io.github.deploymigrations.testing.ChildProcess;
import io.github.deploymigrations.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One JVM and several new databases: by the last, what is at work is loaded, and of many scripts most is compiled. */
record WarmStart(Tool tool, Place place, Path scripts) {
    private static final int DATABASES = 4;

    /** What the last of them took. */
    Measured last() {
        List<TestDatabase> databases = new ArrayList<>();
        List<String> arguments = new ArrayList<>(List.of(tool.name(), scripts.toString()));
        try {
            for (int index = 0; index < DATABASES; index++) {
                TestDatabase database = place.fresh();
                databases.add(database);
                arguments.addAll(List.of(FreshStart.url(database), database.user(), database.password()));
            }
            return last(arguments.toArray(String[]::new));
        } finally {
            databases.forEach(TestDatabase::close);
        }
    }

    private Measured last(String... arguments) {
        try (ChildProcess child =
                ChildProcess.start(List.of(), TestClassPath.of(tool), MeasuredTurns.class, arguments)) {
            for (int index = 1; index < DATABASES; index++) {
                child.awaitLine("measured ");
            }
            return Measured.of(child.awaitLine("measured "));
        }
    }
}
