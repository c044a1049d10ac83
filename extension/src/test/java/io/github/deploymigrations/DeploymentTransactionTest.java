package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.CutDataSource;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code transaction=deployment}: all pending scripts, or none of them. */
class DeploymentTransactionTest {
    @TempDir
    private Path folder;

    private Migrations migrations(DataSource dataSource) {
        return Migrations.of(dataSource)
                .with("location", "file:" + folder)
                .with("retries", "0")
                .with("transaction", "deployment");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "DERBY", "SQLITE"})
    void where_the_last_script_fails_nothing_of_the_first_is_there(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            TestRepository repository = new TestRepository(folder)
                    .table("1", "a")
                    .table("2", "b")
                    .script("3_rows.sql", "insert into a values (1);\ninsert into nowhere values (1);\n");
            MigrationException failure = assertThrows(
                    MigrationException.class,
                    () -> migrations(database.dataSource()).migrate());
            assertEquals("MIGR-501", failure.failure().explanation().code());
            assertTrue(failure.getMessage().contains("Nothing of this deployment's scripts"), failure.getMessage());
            assertEquals(List.of(), failure.failure().applied());
            assertEquals(0, failure.report().appliedNow().size());
            assertThrows(AssertionError.class, () -> database.query("select * from a"));
            assertEquals(List.of("3|FAILED"), database.query("select REVISION, OUTCOME from CHANGELOG_HISTORY"));

            repository.script("3_rows.sql", "insert into a values (1);\n");
            MigrationReport report = migrations(database.dataSource()).migrate();
            assertEquals(3, report.appliedNow().size());
            assertEquals(List.of("1", "2", "3"), database.changelog());
            assertEquals(List.of("1"), database.query("select id from a"));
        }
    }

    @Test
    void wherever_the_connection_is_cut_all_of_it_is_there_or_nothing() {
        new TestRepository(folder)
                .table("1", "a")
                .script("2_rows.sql", "insert into a values (1);\n")
                .table("3", "b");
        for (boolean afterwards : new boolean[] {false, true}) {
            boolean cut = true;
            for (int point = 1; cut; point++) {
                try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
                    CutDataSource dataSource = new CutDataSource(database.dataSource(), point, afterwards);
                    try {
                        migrations(dataSource).with("connect-timeout", "5s").migrate();
                    } catch (MigrationException e) {
                        assertTrue(dataSource.isCut(), e.getMessage());
                    }
                    cut = dataSource.isCut();
                    int tables = database.query(
                                    "select tablename from pg_tables where schemaname = 'public' and tablename in ('a', 'b')")
                            .size();
                    assertTrue(tables == 0 || tables == 2, "call " + point + ": " + tables);
                    migrations(database.dataSource()).migrate();
                    assertEquals(List.of("1"), database.query("select id from a"));
                    assertEquals(List.of("1", "2", "3"), database.changelog());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB"})
    void it_is_refused_beforehand_where_the_database_commits_at_each_definition(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            new TestRepository(folder).table("1", "a").script("2_rows.sql", "insert into a values (1);\n");
            MigrationException failure = assertThrows(
                    MigrationException.class,
                    () -> migrations(database.dataSource()).migrate());
            assertEquals("MIGR-414", failure.failure().explanation().code());
            assertTrue(failure.getMessage().contains("1_create_a.sql"), failure.getMessage());
            assertThrows(AssertionError.class, () -> database.query("select * from CHANGELOG_HISTORY"));

            migrations(database.dataSource())
                    .with("transaction", "script")
                    .with("target", "1")
                    .migrate();
            migrations(database.dataSource()).migrate();
            assertEquals(List.of("1", "2"), database.changelog(), "rows alone can be in one transaction");
        }
    }

    @Test
    void it_is_refused_for_each_script_that_has_its_own_transactions() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            new TestRepository(folder)
                    .table("1", "a")
                    .script("2_none.sql", "-- @NO_TRANSACTION\ncreate index concurrently a_id on a (id);\n")
                    .script("3_own.sql", "insert into a values (1);\ncommit;\n");
            MigrationException failure = assertThrows(
                    MigrationException.class,
                    () -> migrations(database.dataSource()).migrate());
            assertEquals(2, failure.failure().problems().size(), failure.getMessage());
            assertTrue(failure.getMessage().contains("2_none.sql")
                    && failure.getMessage().contains("3_own.sql"));
            assertThrows(AssertionError.class, () -> database.query("select * from a"));
        }
    }

    @Test
    void hooks_in_sql_are_part_of_it() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            database.execute("create table told (what varchar(20))");
            TestRepository repository = new TestRepository(folder)
                    .table("1", "a")
                    .script("2_rows.sql", "insert into nowhere values (1);\n")
                    .environment("production", "hook_before_up=SQL:before.sql\nhook_after_each_up=SQL:each.sql\n")
                    .hook("before.sql", "insert into told values ('before');\n")
                    .hook("each.sql", "insert into told values ('each');\n");
            assertThrows(
                    MigrationException.class,
                    () -> migrations(database.dataSource()).migrate());
            assertEquals(List.of(), database.query("select what from told"));
            repository.script("2_rows.sql", "insert into a values (1);\n");
            migrations(database.dataSource()).migrate();
            assertEquals(List.of("before", "each", "each"), database.query("select what from told order by what"));
        }
    }
}
