package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.DelegatingDataSource;
import io.github.deploymigrations.testing.TcpForwarder;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The network passes nothing any more and ends no connection: {@code timeout} ends the run all the same, wherever it is. Not on
 * H2 (2.4), whose driver ends no connection and knows no limit.
 */
class SilentNetworkTest {
    @TempDir
    private Path folder;

    /** When it falls silent: a connection was given, the first or the second; or the first script begins. */
    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, auto, 1",
        "MARIADB, auto, 1",
        "POSTGRESQL, row, 2",
        "MARIADB, row, 2",
        "PGBOUNCER, auto, 2",
        "PGBOUNCER, auto, 0"
    })
    void a_run_with_a_limit_ends(TestServer server, String lock, int connection) throws Exception {
        new TestRepository(folder).table("1", "a");
        try (TestDatabase database = server.fresh()) {
            try (TcpForwarder forwarder = TcpForwarder.to(database)) {
                int[] given = new int[1];
                DelegatingDataSource dataSource = () -> {
                    Connection one = forwarder.dataSource().getConnection();
                    given[0]++;
                    if (given[0] == connection) {
                        forwarder.stall();
                    }
                    return one;
                };
                MigrationListener silencer = new MigrationListener() {
                    @Override
                    public void beforeRevision(String name, RevisionId revision) {
                        if (connection == 0) {
                            forwarder.stall();
                        }
                    }
                };
                CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(() -> Migrations.of(dataSource)
                        .with("location", "file:" + folder)
                        .with("timeout", "2s")
                        .with("lock", lock)
                        .with(silencer)
                        .migrate());
                ExecutionException ended =
                        assertThrows(ExecutionException.class, () -> run.get(45, TimeUnit.SECONDS), "it hangs");
                assertTrue(ended.getCause() instanceof MigrationException, ended::toString);
            }
            Migrations.of(database.dataSource())
                    .with("location", "file:" + folder)
                    .migrate();
            assertEquals(List.of("1"), database.changelog());
        }
    }
}
