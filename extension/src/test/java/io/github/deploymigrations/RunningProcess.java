package io.github.deploymigrations;

import io.github.deploymigrations.testing.CutDataSource;
import io.github.deploymigrations.testing.UrlDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Migrates when a file appears, says how it ended, and stands still for its killer at a chosen call of JDBC. */
final class RunningProcess {
    private RunningProcess() {}

    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        CutDataSource dataSource = new CutDataSource(
                new UrlDataSource(given.get(0), given.get(1), given.get(2)),
                Integer.parseInt(given.get(5)),
                Boolean.parseBoolean(given.get(6)),
                connection -> {
                    System.out.println("at the point");
                    sleep(Long.MAX_VALUE);
                });
        System.out.println("ready");
        while (!Files.exists(Path.of(given.get(4)))) {
            sleep(5);
        }
        MigrationReport report =
                Migrations.of(dataSource).with("location", given.get(3)).migrate();
        System.out.println("ended " + report.status());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
