package io.github.deploymigrations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.settings.Mode;
import io.github.deploymigrations.settings.SettingsReader;
import io.github.deploymigrations.testing.SmallPool;
import io.github.deploymigrations.testing.TcpForwarder;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who only looks gives the application its connection back, also if the database never answers. */
class LookLimitTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private Migration migration() {
        new TestRepository(folder).table("1", "a");
        return Migration.prepare(
                SettingsReader.ofJava(Map.of("location", "file:" + folder)), path -> List.of(), "test", List.of());
    }

    private static void assertGivenBack(MigrationReport report, SmallPool pool, long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertEquals(MigrationStatus.FAILED, report.status());
        assertEquals("MIGR-650", report.failure().orElseThrow().explanation().code());
        assertEquals(1, pool.most());
        assertEquals(0, pool.held());
        assertTrue(took.toSeconds() < 15, took::toString);
    }

    @Test
    void a_look_that_meets_a_lock_ends_and_gives_its_connection_back() throws Exception {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh();
                SmallPool pool = new SmallPool(database.dataSource(), 2, LIMIT)) {
            Migration migration = migration();
            migration.run(pool.watched(), Mode.MIGRATE, LIMIT);
            pool.forget();
            try (Connection elsewhere = database.dataSource().getConnection();
                    Statement statement = elsewhere.createStatement()) {
                elsewhere.setAutoCommit(false);
                statement.execute("LOCK TABLE CHANGELOG IN ACCESS EXCLUSIVE MODE");
                long start = System.nanoTime();
                MigrationReport report =
                        migration.noLongerThan(Duration.ofSeconds(1)).status(pool.watched(), LIMIT, Patience.ENOUGH);
                assertGivenBack(report, pool, start);
                elsewhere.rollback();
            }
            assertEquals(
                    MigrationStatus.UP_TO_DATE,
                    migration.status(pool.watched(), LIMIT).status());
        }
    }

    @Test
    void a_look_into_a_silent_network_ends_and_gives_its_connection_back() throws Exception {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh();
                TcpForwarder wire = TcpForwarder.to(database);
                SmallPool pool = new SmallPool(wire.dataSource(), 2, LIMIT)) {
            Migration migration = migration();
            migration.run(pool.watched(), Mode.MIGRATE, LIMIT);
            pool.forget();
            wire.stall();
            long start = System.nanoTime();
            MigrationReport report =
                    migration.noLongerThan(Duration.ofSeconds(1)).status(pool.watched(), LIMIT, Patience.ENOUGH);
            assertGivenBack(report, pool, start);
        }
    }
}
