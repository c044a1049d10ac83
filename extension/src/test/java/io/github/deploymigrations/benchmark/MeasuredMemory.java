package io.github.deploymigrations.benchmark;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.run.Migration;
import io.github.deploymigrations.settings.Mode;
import io.github.deploymigrations.settings.SettingsReader;
import io.github.deploymigrations.testing.UrlDataSource;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A JVM that keeps after a start what a deployment keeps: the scripts as they were read, and the report. */
final class MeasuredMemory {
    private MeasuredMemory() {}

    private record Kept(Migration migration, MigrationReport report) {}

    private static Kept start(UrlDataSource database, Path scripts) {
        Migration migration = Migration.prepare(
                SettingsReader.ofJava(Map.of("location", "file:" + GeneratedScripts.ofMyBatis(scripts))),
                path -> List.of(),
                "benchmark",
                List.of());
        return new Kept(migration, migration.run(database, Mode.MIGRATE, Duration.ofSeconds(30)));
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = System.out;
        System.setErr(MeasuredStart.nowhere());
        UrlDataSource database = new UrlDataSource(arguments[0], arguments[1], arguments[2]);
        Path scripts = Path.of(arguments[3]);
        // all classes and what they keep for good
        start(database, scripts);
        long before = used();
        Kept kept = start(database, scripts);
        long after = used();
        out.println(
                "keeps " + (after - before) + " " + kept.report().revisions().size());
    }
}
