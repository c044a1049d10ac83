package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.BrokenOnce;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What failed by a transient error and left nothing behind is tried again, and nothing else is. */
class RetriesTest {
    @TempDir
    private Path folder;

    private Migrations migrations(DataSource dataSource) {
        return Migrations.of(dataSource).with("location", "file:" + folder);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_script_whose_connection_is_ended_by_the_server_is_applied_by_the_next_attempt(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            new TestRepository(folder)
                    .script("1_t.sql", "create table t (id int primary key);\n")
                    .script("2_rows.sql", "insert into t values (1);\ninsert into t values (2);\n");
            BrokenOnce dataSource = new BrokenOnce(database, "insert into t values (2)", 1);
            MigrationReport report = migrations(dataSource).migrate();
            assertEquals(MigrationStatus.UP_TO_DATE, report.status());
            assertEquals(2, report.appliedNow().size(), "both attempts count");
            assertEquals(List.of("1", "2"), database.query("select id from t order by id"));
            assertEquals(List.of("1", "2"), database.changelog());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_session_that_ends_between_two_scripts_is_no_reason_to_give_up_either(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            new TestRepository(folder)
                    .script("1_t.sql", "create table t (id int primary key);\n")
                    .script("2_rows.sql", "insert into t values (1);\n");
            MigrationListener killer = new MigrationListener() {
                private boolean done;

                @Override
                public void afterRevision(String name, RevisionId revision, Duration took) {
                    if (!done) {
                        done = true;
                        BrokenOnce.endAllOthers(database);
                    }
                }
            };
            MigrationReport report =
                    migrations(database.dataSource()).with(killer).migrate();
            assertEquals(2, report.appliedNow().size());
            assertEquals(List.of("1"), database.query("select id from t"));
        }
    }

    /** What the one that works tells those who wait is the first that meets it. */
    @Test
    void so_is_one_that_ends_between_two_statements() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            new TestRepository(folder)
                    .script("1_t.sql", "create table t (id int primary key);\n")
                    .script(
                            "2_rows.sql",
                            "insert into t values (1);\nselect pg_sleep(1.1);\ninsert into t values (2);\n");
            BrokenOnce dataSource = new BrokenOnce(database, "select pg_catalog.set_config('application_name'", 2);
            MigrationException failure = assertThrows(
                    MigrationException.class,
                    () -> migrations(dataSource).with("retries", "0").migrate());
            assertEquals("MIGR-544", failure.failure().explanation().code());
            assertTrue(failure.getMessage().contains("2_rows.sql ended before its statement 3"), failure::getMessage);
            assertTrue(failure.getMessage().contains("Nothing of the script is left"), failure::getMessage);
            assertEquals(1, dataSource.broken());
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(dataSource).migrate().status());
            assertEquals(2, dataSource.broken());
            assertEquals(List.of("1", "2"), database.query("select id from t order by id"));
        }
    }

    @Test
    void of_an_undo_part_that_is_told_as_such() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            new TestRepository(folder)
                    .script("1_t.sql", "create table t (id int);\n-- //@UNDO\nselect pg_sleep(1.1);\ndrop table t;\n");
            migrations(database.dataSource()).migrate();
            BrokenOnce dataSource = new BrokenOnce(database, "select pg_catalog.set_config('application_name'", 1);
            MigrationException failure = assertThrows(
                    MigrationException.class,
                    () -> migrations(dataSource).with("retries", "0").undo(1));
            assertEquals("MIGR-545", failure.failure().explanation().code(), failure::getMessage);
            assertTrue(failure.getMessage().contains("before statement 2 of its undo part"), failure::getMessage);
            assertTrue(failure.getMessage().contains("then undo again"), failure::getMessage);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void it_is_given_up_after_so_many_retries(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            new TestRepository(folder)
                    .script("1_t.sql", "create table t (id int primary key);\n")
                    .script("2_rows.sql", "insert into t values (1);\n");
            BrokenOnce dataSource = new BrokenOnce(database, "insert into t values (1)", 3);
            MigrationException failure = assertThrows(
                    MigrationException.class, () -> migrations(dataSource).migrate());
            assertEquals("MIGR-501", failure.failure().explanation().code());
            assertEquals(3, dataSource.broken(), "one attempt and two retries");
            assertEquals(
                    List.of(RevisionId.parse("1").orElseThrow()),
                    failure.failure().applied());
            migrations(database.dataSource()).with("retries", "0").migrate();
            assertEquals(List.of("1"), database.query("select id from t"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB"})
    void what_left_something_behind_is_not_tried_again_by_itself(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            new TestRepository(folder)
                    .script("1_t.sql", "create table t (id int primary key);\ninsert into t values (1);\n");
            BrokenOnce dataSource = new BrokenOnce(database, "insert into t values (1)", 1);
            MigrationException failure = assertThrows(
                    MigrationException.class, () -> migrations(dataSource).migrate());
            assertTrue(failure.getMessage().contains("by the history"), failure.getMessage());
            migrations(database.dataSource()).migrate();
            assertEquals(List.of("1"), database.query("select id from t"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL"})
    void the_victim_of_a_deadlock_is_tried_again(TestServer server) throws Exception {
        try (TestDatabase database = server.fresh();
                Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            database.execute("create table t (id int primary key, n int)", "insert into t values (1, 0), (2, 0)");
            // the application is given time, so that the script is the one that the database gives up
            statement.execute("set deadlock_timeout = '1h'");
            other.setAutoCommit(false);
            statement.execute("update t set n = n + 1 where id = 2");
            new TestRepository(folder)
                    .script(
                            "1_rows.sql",
                            "update t set n = n + 1 where id = 1;\nselect pg_sleep(1);\nupdate t set n = n + 1 where id = 2;\n");
            CompletableFuture<Void> application = CompletableFuture.runAsync(() -> {
                try {
                    Thread.sleep(500);
                    statement.execute("update t set n = n + 1 where id = 1");
                    other.commit();
                } catch (SQLException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            MigrationReport report = migrations(database.dataSource()).migrate();
            application.join();
            assertEquals(MigrationStatus.UP_TO_DATE, report.status());
            assertEquals(List.of("1|2", "2|2"), database.query("select id, n from t order by id"));
            assertEquals(
                    List.of("FAILED", "DONE"),
                    database.query("select OUTCOME from CHANGELOG_HISTORY order by ATTEMPT"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
    void a_mistake_in_a_script_is_no_transient_error(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            new TestRepository(folder).script("1_t.sql", "insert into nowhere values (1);\n");
            assertThrows(
                    MigrationException.class,
                    () -> migrations(database.dataSource()).migrate());
            assertEquals(List.of("FAILED"), database.query("select OUTCOME from CHANGELOG_HISTORY"));
        }
    }
}
