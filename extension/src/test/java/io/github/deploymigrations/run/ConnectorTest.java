package io.github.deploymigrations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.Migrations;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import io.github.deploymigrations.testing.UrlDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorTest {

    @Test
    void a_PostgreSQL_that_has_too_many_clients_is_asked_again(@TempDir Path folder) throws Exception {
        TestRepository repository = new TestRepository(folder).table("1", "a");
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            database.execute(
                    "create role CROWDED login connection limit 1", "grant create on schema public to CROWDED");
            UrlDataSource crowded = new UrlDataSource(database.url(), "crowded", "");
            try (Connection first = crowded.getConnection()) {
                CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> database.execute(
                        "select pg_sleep(2)",
                        "select pg_terminate_backend(pid) from" + " pg_stat_activity where usename = 'crowded'"));
                assertEquals(
                        MigrationStatus.UP_TO_DATE,
                        Migrations.of(crowded)
                                .with("location", repository.location())
                                .migrate()
                                .status());
                leaving.get(10, TimeUnit.SECONDS);
                assertFalse(first.isValid(1));
            }
            database.execute("drop owned by CROWDED", "drop role CROWDED");
        }
    }
}
