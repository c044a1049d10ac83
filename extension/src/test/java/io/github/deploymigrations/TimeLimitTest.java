package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.lock.Contender;
import io.github.deploymigrations.lock.MigrationLock;
import io.github.deploymigrations.lock.MigrationLocks;
import io.github.deploymigrations.settings.LockMode;
import io.github.deploymigrations.settings.TableName;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The key {@code timeout} bounds the whole run, on each database. */
class TimeLimitTest {
    @TempDir
    private Path folder;

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource())
                .with("location", "file:" + folder)
                .with("timeout", "3s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POSTGRESQL | select pg_sleep(60);",
                "MARIADB    | select sleep(60);",
                "MARIADB    | select benchmark(100000000000, md5('a'));",
                "H2         | select count(*) from system_range(1, 3000000000) where x % 2 = 0;",
                "HSQLDB     | insert into b select count(*) from information_schema.columns a, information_schema.columns c, information_schema.columns d;",
                "DERBY      | insert into b select count(*) from sys.syscolumns a, sys.syscolumns b, sys.syscolumns c, sys.syscolumns d where a.columnname < d.columnname;"
            })
    void a_statement_that_hangs_in_the_server_is_cancelled_and_named(TestServer server, String hanging) {
        try (TestDatabase database = server.fresh()) {
            new TestRepository(folder)
                    .table("1", "a")
                    .script("2_slow.sql", "create table b (id int);\n\n" + hanging + "\ncreate table c (id int);\n");
            database.execute("create table warm (id int)");
            long start = System.nanoTime();
            MigrationException failure = assertThrows(
                    MigrationException.class, () -> migrations(database).migrate());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertEquals("MIGR-511", failure.failure().explanation().code(), failure.getMessage());
            FailedStatement statement = failure.failure().statement().orElseThrow();
            assertEquals(2, statement.number());
            assertEquals(3, statement.line());
            assertEquals(
                    List.of(RevisionId.parse("1").orElseThrow()),
                    failure.failure().applied());
            assertTrue(took.compareTo(Duration.ofSeconds(3)) >= 0, took.toString());
            assertTrue(took.compareTo(Duration.ofSeconds(20)) < 0, took.toString());
            assertEquals(List.of("1"), database.changelog());

            new TestRepository(folder).script("2_slow.sql", "create table b (id int);\n\ncreate table c (id int);\n");
            migrations(database).migrate();
            assertEquals(List.of("1", "2"), database.changelog());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
    void waiting_for_another_run_is_bounded_too(TestServer server) throws Exception {
        try (TestDatabase database = server.fresh();
                Connection working = database.dataSource().getConnection();
                MigrationLock.Held held = MigrationLocks.of(
                                LockMode.AUTO,
                                new Contender("node-1", "shop"),
                                TableName.parse("CHANGELOG").orElseThrow(),
                                working,
                                database.dataSource()::getConnection)
                        .tryAcquire()
                        .orElseThrow()) {
            held.verify();
            new TestRepository(folder).table("1", "a");
            long start = System.nanoTime();
            MigrationException failure = assertThrows(
                    MigrationException.class, () -> migrations(database).migrate());
            assertEquals("MIGR-521", failure.failure().explanation().code(), failure.getMessage());
            assertTrue(failure.getMessage().contains("shop on node-1") || server == TestServer.MARIADB);
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 15);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void without_a_limit_a_run_takes_as_long_as_it_takes(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            String sleep = server == TestServer.POSTGRESQL ? "select pg_sleep(4);" : "select sleep(4);";
            new TestRepository(folder).script("1_slow.sql", sleep + "\ncreate table a (id int);\n");
            Migrations.of(database.dataSource())
                    .with("location", "file:" + folder)
                    .migrate();
            assertEquals(List.of("1"), database.changelog());
        }
    }
}
