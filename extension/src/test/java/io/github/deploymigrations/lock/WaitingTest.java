package io.github.deploymigrations.lock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.MigrationException;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.Migrations;
import io.github.deploymigrations.settings.LockMode;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node does while another one has the lock. */
class WaitingTest {
    private static final String CHANGELOG = "create table CHANGELOG (ID numeric(20,0) not null,"
            + " APPLIED_AT varchar(25) not null, DESCRIPTION varchar(255) not null, primary key (ID))";
    private static final String TABLE_A = "create table a (id int primary key)";
    private static final String TABLE_B = "create table b (id int primary key)";
    private static final String ROWS =
            "insert into CHANGELOG values (1, '2026-01-01 00:00:00', 'a'), (2, '2026-01-01 00:00:00', 'b')";

    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder).table("1", "a").table("2", "b");
    }

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource()).with("location", repository.location());
    }

    private CompletableFuture<MigrationReport> waiting(TestDatabase database) {
        return CompletableFuture.supplyAsync(
                () -> migrations(database).with("lock-timeout", "1m").migrate());
    }

    private static void applyByHand(TestDatabase database) {
        database.execute(TABLE_A, TABLE_B, CHANGELOG, ROWS);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
    void it_goes_on_as_soon_as_all_is_applied_and_does_not_take_its_turn_at_the_lock(TestServer server)
            throws Exception {
        try (TestDatabase database = server.fresh();
                LockUser holder = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-1")) {
            assertTrue(holder.tryAcquire().isPresent());
            CompletableFuture<MigrationReport> waiting = waiting(database);
            Thread.sleep(1500);
            assertFalse(waiting.isDone(), "it waits");
            applyByHand(database);
            MigrationReport report = waiting.get(30, TimeUnit.SECONDS);
            assertEquals(MigrationStatus.UP_TO_DATE, report.status());
            assertEquals(0, report.appliedNow().size());
            assertTrue(report.lockWait().toMillis() > 1000, report.lockWait().toString());
        }
    }

    @Test
    void it_goes_on_waiting_while_a_script_has_the_changelog_locked_and_its_rows_cannot_be_counted() throws Exception {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh();
                LockUser holder = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-1")) {
            String name = database.query("select current_database()").get(0);
            database.execute(CHANGELOG, "alter database " + name + " set lock_timeout = '100ms'");
            assertTrue(holder.tryAcquire().isPresent());
            CompletableFuture<MigrationReport> waiting = waiting(database);
            Thread.sleep(1500);
            holder.working().setAutoCommit(false);
            holder.execute("lock table CHANGELOG in access exclusive mode", TABLE_A, TABLE_B, ROWS);
            Thread.sleep(1500);
            assertFalse(waiting.isDone(), "it waits");
            holder.working().commit();
            MigrationReport report = waiting.get(30, TimeUnit.SECONDS);
            assertEquals(MigrationStatus.UP_TO_DATE, report.status());
            assertEquals(0, report.appliedNow().size());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void where_the_schema_is_compared_it_waits_until_the_schema_is_recorded(TestServer server) throws Exception {
        try (TestDatabase database = server.fresh();
                LockUser holder = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-1")) {
            assertTrue(holder.tryAcquire().isPresent());
            CompletableFuture<MigrationReport> waiting = CompletableFuture.supplyAsync(() -> migrations(database)
                    .with("drift", "warn")
                    .with("lock-timeout", "3s")
                    .migrate());
            Thread.sleep(500);
            applyByHand(database);
            Exception late = assertThrows(Exception.class, () -> waiting.get(30, TimeUnit.SECONDS));
            assertTrue(late.getMessage().contains("MIGR-521"), late.getMessage());
        }
    }

    @Test
    void where_a_hook_runs_behind_the_scripts_it_waits_for_the_lock() throws Exception {
        repository
                .file("environments/production.properties", "hook_after_up=SQL:after.sql\n".getBytes(UTF_8))
                .file("hooks/after.sql", "select 1;\n".getBytes(UTF_8));
        try (TestDatabase database = TestServer.H2.fresh();
                LockUser holder = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-1")) {
            assertTrue(holder.tryAcquire().isPresent());
            CompletableFuture<MigrationReport> waiting = CompletableFuture.supplyAsync(
                    () -> migrations(database).with("lock-timeout", "3s").migrate());
            Thread.sleep(500);
            applyByHand(database);
            Exception late = assertThrows(Exception.class, () -> waiting.get(30, TimeUnit.SECONDS));
            assertTrue(late.getMessage().contains("MIGR-521"), late.getMessage());
        }
    }

    @Test
    void validate_waits_no_longer_than_lock_timeout() throws Exception {
        try (TestDatabase database = TestServer.H2.fresh();
                LockUser holder = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-1")) {
            assertTrue(holder.tryAcquire().isPresent());
            Duration least = Duration.ofDays(1);
            for (int time = 0; time < 5; time++) {
                long start = System.nanoTime();
                MigrationException refused = assertThrows(
                        MigrationException.class,
                        () -> migrations(database).with("lock-timeout", "250ms").validate());
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                assertTrue(refused.getMessage().contains("MIGR-40"), refused.getMessage());
                least = took.compareTo(least) < 0 ? took : least;
            }
            assertTrue(least.toMillis() < 500, least.toString());
        }
    }

    /** A pooler, or an administrator who ends sessions: the waiting node begins anew, as one does whose script was hit. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void one_whose_session_ends_while_it_waits_waits_on_in_another(TestServer server) throws Exception {
        try (TestDatabase database = server.fresh();
                Connection admin = database.dataSource().getConnection();
                Statement statement = admin.createStatement();
                LockUser holder = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-1")) {
            MigrationLock.Held held = holder.tryAcquire().orElseThrow();
            CompletableFuture<MigrationReport> waiting = waiting(database);
            Thread.sleep(1_500);
            assertFalse(waiting.isDone());
            boolean postgresql = server == TestServer.POSTGRESQL;
            String own = postgresql ? "pg_backend_pid()" : "connection_id()";
            List<String> sessions = database.query(
                    postgresql
                            ? "select pid from pg_stat_activity where datname = current_database() and pid <> " + own
                                    + " order by backend_start"
                            : "select id from information_schema.processlist where db = database() and id <> " + own
                                    + " order by id");
            String last = sessions.get(sessions.size() - 1);
            statement.execute(postgresql ? "select pg_terminate_backend(" + last + ")" : "kill " + last);
            Thread.sleep(1_500);
            held.close();
            assertEquals(
                    MigrationStatus.UP_TO_DATE,
                    waiting.get(30, TimeUnit.SECONDS).status());
        }
    }
}
