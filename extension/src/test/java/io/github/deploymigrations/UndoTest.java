package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.deploymigrations.testing.BrokenOnce;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UndoTest {
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder);
    }

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource()).with("location", repository.location());
    }

    private static List<String> texts(Set<RevisionId> ids) {
        return ids.stream().map(RevisionId::toString).toList();
    }

    private static MigrationFailure refused(Runnable work, String... codes) {
        MigrationFailure failure =
                assertThrows(MigrationException.class, work::run).failure();
        assertEquals(
                List.of(codes),
                failure.problems().stream()
                        .map(problem -> problem.explanation().code())
                        .toList(),
                failure.describe());
        return failure;
    }

    private static boolean has(TestDatabase database, String table) {
        try (Connection connection = database.dataSource().getConnection();
                ResultSet tables = connection
                        .getMetaData()
                        .getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE"})) {
            boolean found = false;
            while (tables.next()) {
                found |= tables.getString("TABLE_NAME").equalsIgnoreCase(table);
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void the_newest_revisions_are_undone_the_newest_first_and_pending_again(TestServer server) {
        assumeTrue(server.isWanted());
        repository.table("1", "a").table("2", "b").table("3", "c");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            MigrationReport report = migrations(database).undo(2);
            assertEquals(List.of("3", "2"), texts(report.undoneNow().keySet()));
            assertEquals(List.of("1"), database.changelog());
            assertEquals(Map.of(RevisionState.APPLIED, 1, RevisionState.PENDING, 2), report.counts());
            assertTrue(has(database, "a") && !has(database, "b") && !has(database, "c"));
            assertEquals(
                    List.of("3|UNDO|DONE", "2|UNDO|DONE"),
                    database.query(
                            "select REVISION, KIND, OUTCOME from CHANGELOG_HISTORY where KIND='UNDO' order by ATTEMPT"));
            assertEquals(2, migrations(database).migrate().appliedNow().size());
            assertEquals(
                    List.of("3", "2"),
                    texts(migrations(database).undoTo("1").undoneNow().keySet()));
            assertEquals(
                    List.of("1"), texts(migrations(database).undo(5).undoneNow().keySet()));
            assertEquals(Map.of(), migrations(database).undo(1).undoneNow());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void an_older_release_takes_back_what_it_does_not_know_by_what_the_history_keeps(TestServer server) {
        assumeTrue(server.isWanted());
        repository
                .environment("production", "suffix=x\n")
                .table("1", "a")
                .table("2", "b")
                .script("3_c.sql", "create table c_${suffix} (id int);\n-- //@UNDO\ndrop table c_${suffix};\n");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            repository.delete("3_c.sql").delete("2_create_b.sql");
            Migrations release = migrations(database).with("newer", "undo");
            MigrationFailure notAllowed = refused(release::migrate, "MIGR-420");
            assertTrue(notAllowed.describe().contains("allow-undo=true"), notAllowed.describe());
            assertTrue(notAllowed.describe().contains("3 c"), notAllowed.describe());
            release = release.with("allow-undo", "true");
            refused(release::validate, "MIGR-427");
            assertTrue(has(database, "c_x"));
            MigrationReport report = release.migrate();
            assertEquals(List.of("3", "2"), texts(report.undoneNow().keySet()));
            assertEquals(MigrationStatus.UP_TO_DATE, report.status());
            assertEquals(Map.of(RevisionState.APPLIED, 1, RevisionState.UNDONE, 2), report.counts());
            assertTrue(!has(database, "b") && !has(database, "c_x"));
            assertEquals(List.of("1"), database.changelog());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void what_came_between_is_applied_after_what_is_newer_was_undone(TestServer server) {
        assumeTrue(server.isWanted());
        repository.table("1", "a").table("5", "e").table("6", "f");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            repository.delete("5_create_e.sql").delete("6_create_f.sql").table("4", "d");
            MigrationReport report = migrations(database)
                    .with("newer", "undo")
                    .with("allow-undo", "true")
                    .migrate();
            assertEquals(List.of("6", "5"), texts(report.undoneNow().keySet()));
            assertEquals(List.of("4"), texts(report.appliedNow().keySet()));
            assertEquals(List.of("1", "4"), database.changelog());
            assertEquals(MigrationStatus.UP_TO_DATE, report.status());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void a_target_below_is_reached_where_that_is_allowed(TestServer server) {
        assumeTrue(server.isWanted());
        repository.table("1", "a").table("2", "b").table("3", "c");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            Migrations down = migrations(database).with("target", "1");
            refused(down::migrate, "MIGR-403");
            MigrationReport report = down.with("allow-undo", "true").migrate();
            assertEquals(List.of("3", "2"), texts(report.undoneNow().keySet()));
            assertEquals(List.of("1"), database.changelog());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void a_failing_statement_is_reported_with_its_line_of_the_file_and_the_revision_stays(TestServer server) {
        assumeTrue(server.isWanted());
        repository.table("1", "a").script("2_rows.sql", """
                insert into a (id) values (1);
                insert into a (id) values (2);

                -- //@UNDO
                -- back
                delete from a where id = 1;

                delete from
                  nowhere;
                """);
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> migrations(database).undo(2));
            FailedStatement statement = thrown.failure().statement().orElseThrow();
            assertEquals("MIGR-537", thrown.failure().explanation().code());
            assertTrue(statement.script().endsWith("scripts/2_rows.sql"), statement.script());
            // PostgreSQL tells where in the statement
            assertEquals(server == TestServer.POSTGRESQL ? 9 : 8, statement.line());
            assertEquals(2, statement.number());
            assertEquals("delete from\n  nowhere;", statement.text());
            DatabaseError error = thrown.failure().database().orElseThrow();
            assertTrue(error.sqlState().isPresent() || server == TestServer.SQLITE, "SQLite has codes alone");
            assertTrue(thrown.getMessage().contains("as applied as it was"), thrown.getMessage());
            assertEquals(List.of("1", "2"), database.changelog());
            assertEquals(List.of("1", "2"), database.query("select id from a order by id"));
            assertEquals(Map.of(RevisionState.APPLIED, 2), thrown.report().counts());
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(database).migrate().status());
            repository.script("2_rows.sql", """
                    insert into a (id) values (1);
                    insert into a (id) values (2);
                    -- //@UNDO
                    delete from a;
                    """);
            assertEquals(2, migrations(database).undo(2).undoneNow().size(), "the mended undo part");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void an_undo_that_is_half_done_is_settled_by_each_of_the_ways_that_the_refusal_names(TestServer server) {
        assumeTrue(server.isWanted());
        for (String how : List.of("resume", "pending", "applied", "undo")) {
            repository
                    .table("1", "a")
                    .script(
                            "2_two.sql",
                            "create table b (id int);\ncreate table c (id int);\n-- //@UNDO\ndrop table c;\ndrop table nowhere;\ndrop table b;\n");
            try (TestDatabase database = server.fresh()) {
                migrations(database).migrate();
                MigrationException thrown = assertThrows(
                        MigrationException.class, () -> migrations(database).undo(1));
                assertTrue(thrown.getMessage().contains("half undone"), thrown.getMessage());
                assertEquals(List.of("1", "2"), database.changelog());
                assertEquals(
                        1,
                        migrations(database).status().in(RevisionState.FAILED).size());
                refused(() -> migrations(database).migrate(), "MIGR-428");
                refused(() -> migrations(database).validate(), "MIGR-428");
                repository.script(
                        "2_two.sql",
                        "create table b (id int);\ncreate table c (id int);\n-- //@UNDO\ndrop table c;\ndrop table b;\n");
                Migrations settled = migrations(database).with("resolve", "2:" + how);
                switch (how) {
                    case "resume" -> {
                        MigrationReport report = settled.migrate();
                        assertEquals(List.of("2"), texts(report.undoneNow().keySet()));
                        assertEquals(List.of("2"), texts(report.appliedNow().keySet()));
                    }
                    case "pending" -> {
                        database.execute("drop table b");
                        assertEquals(
                                List.of("2"),
                                texts(settled.migrate().appliedNow().keySet()));
                    }
                    case "applied" -> {
                        database.execute("create table c (id int)");
                        assertEquals(
                                MigrationStatus.UP_TO_DATE, settled.migrate().status());
                    }
                    default -> {
                        assertEquals(
                                List.of("2"),
                                texts(migrations(database).undo(1).undoneNow().keySet()));
                        migrations(database).migrate();
                    }
                }
                MigrationReport report = migrations(database).status();
                assertEquals(Map.of(RevisionState.APPLIED, 2), report.counts(), how);
                assertTrue(has(database, "b") && has(database, "c"), how);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void what_was_restored_counts_as_applied_also_to_a_release_without_its_script(TestServer server) {
        assumeTrue(server.isWanted());
        repository
                .table("1", "a")
                .script(
                        "2_two.sql",
                        "create table b (id int);\ncreate table c (id int);\n-- //@UNDO\ndrop table c;\ndrop table nowhere;\ndrop table b;\n");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            assertThrows(MigrationException.class, () -> migrations(database).undo(1));
            repository.delete("2_two.sql").table("3", "d");
            database.execute("create table c (id int)");
            Migrations settled = migrations(database).with("resolve", "2:applied");
            assertEquals(List.of("3"), texts(settled.migrate().appliedNow().keySet()));
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(database).migrate().status());
            assertEquals(List.of("1", "2", "3"), database.changelog());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void what_is_begun_above_the_target_is_taken_back_and_not_counted_as_applied(TestServer server) {
        assumeTrue(server.isWanted());
        repository
                .table("1", "a")
                .script("2_b.sql", "create table b (id int);\ndrop table nowhere;\n-- //@UNDO\ndrop table b;\n");
        try (TestDatabase database = server.fresh()) {
            assertThrows(MigrationException.class, () -> migrations(database).migrate());
            Migrations held = migrations(database).with("target", "1");
            for (String how : List.of("applied", "resume")) {
                refused(() -> held.with("resolve", "2:" + how).migrate(), "MIGR-416");
                assertEquals(List.of("1"), database.changelog(), how);
            }
            database.execute("drop table b");
            held.with("resolve", "2:pending").migrate();
            assertEquals(
                    Map.of(RevisionState.APPLIED, 1, RevisionState.PENDING, 1),
                    held.migrate().counts());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resume", "pending"})
    void nothing_is_undone_or_written_where_what_is_to_be_applied_again_behind_it_cannot_run(String how) {
        assumeTrue(TestServer.H2.isWanted());
        repository
                .table("1", "a")
                .script(
                        "3_two.sql",
                        "create table b (id int);\ncreate table c (id int);\n-- //@UNDO\ndrop table c;\ndrop table nowhere;\ndrop table b;\n");
        try (TestDatabase database = TestServer.H2.fresh()) {
            migrations(database).migrate();
            assertThrows(MigrationException.class, () -> migrations(database).undo(1));
            repository
                    .table("2", "d")
                    .script(
                            "3_two.sql",
                            "create table b (id int);\n\ncreate table c (id int)\n-- //@UNDO\ndrop table c;\ndrop table b;\n");
            Migrations settled = migrations(database).with("resolve", "3:" + how);
            List<String> history = database.query("select * from CHANGELOG_HISTORY order by ATTEMPT");
            for (Runnable work : List.<Runnable>of(settled::migrate, settled::validate)) {
                String where = refused(work, "MIGR-207").problems().get(0).where();
                assertTrue(where.endsWith("3_two.sql:3"), where);
                assertTrue(has(database, "b"));
                assertEquals(List.of("1", "3"), database.changelog());
                assertEquals(history, database.query("select * from CHANGELOG_HISTORY order by ATTEMPT"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void nothing_is_undone_where_any_part_of_it_cannot_be(TestServer server) {
        assumeTrue(server.isWanted());
        repository
                .script("1_a.sql", "create table a (id int);\n-- //@UNDO\n-- SQL to undo the change goes here.\n")
                .script("2_b.sql", "create table b (id int);\n")
                .script("3_c.sql", "create table c (id int);\n-- //@UNDO\ndrop table c\n")
                .script("4_d.sql", "-- nothing yet\n")
                .table("5", "e");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            MigrationFailure failure = refused(() -> migrations(database).undo(5), "MIGR-422", "MIGR-421", "MIGR-421");
            for (String part : List.of("3_c.sql:3", "2_b.sql", "1_a.sql")) {
                assertTrue(failure.describe().contains(part), failure.describe());
            }
            database.execute("insert into CHANGELOG (ID, APPLIED_AT, DESCRIPTION) values (9, 'once', 'by hand')");
            failure = refused(() -> migrations(database).undo(1), "MIGR-423");
            assertTrue(failure.describe().contains("9 by hand"), failure.describe());
            refused(() -> migrations(database).undoTo("7"), "MIGR-425");
            assertEquals(List.of("1", "2", "3", "4", "5", "9"), database.changelog());
            database.execute("delete from CHANGELOG where ID = 9");
            assertEquals(
                    List.of("5", "4"),
                    texts(migrations(database).undoTo("3").undoneNow().keySet()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void nothing_is_undone_while_a_script_is_half_applied(TestServer server) {
        assumeTrue(server.isWanted());
        repository
                .table("1", "a")
                .script("2_b.sql", "create table b (id int);\ndrop table nowhere;\n-- //@UNDO\ndrop table b;\n");
        try (TestDatabase database = server.fresh()) {
            assertThrows(MigrationException.class, () -> migrations(database).migrate());
            if (server.hasTransactionalDdl()) {
                assertEquals(
                        List.of("1"),
                        texts(migrations(database).undo(1).undoneNow().keySet()));
            } else {
                MigrationFailure failure = refused(() -> migrations(database).undo(1), "MIGR-424");
                assertTrue(failure.describe().contains("2_b.sql"), failure.describe());
                assertEquals(List.of("1"), database.changelog());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void a_release_before_a_failed_one_undoes_as_soon_as_what_is_half_there_is_taken_back(TestServer server) {
        assumeTrue(server.isWanted());
        repository.table("1", "a").table("2", "b").script("3_c.sql", "create table c (id int);\ndrop table nowhere;\n");
        try (TestDatabase database = server.fresh()) {
            assertThrows(MigrationException.class, () -> migrations(database).migrate());
            repository.delete("2_create_b.sql").delete("3_c.sql");
            Migrations older = migrations(database).with("newer", "undo").with("allow-undo", "true");
            if (!server.hasTransactionalDdl()) {
                refused(older::migrate, "MIGR-424");
                database.execute("drop table c");
                older = older.with("resolve", "3:pending");
            }
            assertEquals(List.of("2"), texts(older.migrate().undoneNow().keySet()));
            assertEquals(List.of("1"), database.changelog());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void the_script_that_made_the_changelog_is_undone_with_it(TestServer server) {
        assumeTrue(server.isWanted());
        repository
                .script(
                        "1_changelog.sql",
                        "create table ${changelog} (ID NUMERIC(20,0) NOT NULL, APPLIED_AT VARCHAR(25) NOT NULL,"
                                + " DESCRIPTION VARCHAR(255) NOT NULL);\n-- //@UNDO\ndrop table ${changelog};\n")
                .table("2", "b");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            assertEquals(2, migrations(database).undo(2).undoneNow().size());
            assertTrue(!has(database, "changelog") && !has(database, "b"));
            assertEquals(2, migrations(database).migrate().appliedNow().size());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "DERBY", "SQLITE"})
    void in_one_transaction_nothing_is_undone_if_the_last_fails(TestServer server) {
        assumeTrue(server.isWanted());
        repository
                .script("1_a.sql", "create table a (id int);\n-- //@UNDO\ndrop table nowhere;\n")
                .table("2", "b")
                .table("3", "c");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            MigrationException thrown = assertThrows(
                    MigrationException.class,
                    () -> migrations(database).with("transaction", "deployment").undo(3));
            assertEquals(List.of("1", "2", "3"), database.changelog());
            assertEquals(Map.of(), thrown.report().undoneNow());
            assertEquals(
                    2,
                    migrations(database)
                            .with("transaction", "deployment")
                            .undo(2)
                            .undoneNow()
                            .size());
            assertThrows(MigrationException.class, () -> migrations(database).undo(1));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void one_transaction_is_refused_where_definitions_commit(TestServer server) {
        assumeTrue(server.isWanted());
        repository.table("1", "a");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            refused(() -> migrations(database).with("transaction", "deployment").undo(1), "MIGR-414");
            assertEquals(List.of("1"), database.changelog());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void the_hooks_of_the_command_line_run_around_what_is_undone(TestServer server) {
        assumeTrue(server.isWanted());
        repository
                .table("1", "a")
                .table("2", "b")
                .script(
                        "3_log.sql",
                        "create table log_of_hooks (t varchar(20));\n-- //@UNDO\ndelete from log_of_hooks;\n");
        StringBuilder environment = new StringBuilder();
        for (String when : List.of("before", "before_each", "after_each", "after")) {
            repository.hook(when + ".sql", "insert into log_of_hooks values ('" + when + "');\n");
            environment.append("hook_" + when + "_down=SQL:" + when + ".sql\n");
        }
        repository.environment("production", environment.toString());
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            migrations(database).undo(2);
            assertEquals(
                    List.of("after_each", "before_each", "after_each", "after"),
                    database.query("select t from log_of_hooks"));
            repository.environment("production", "hook_before_down=SQL:gone.sql\n");
            assertEquals(
                    2, migrations(database).status().in(RevisionState.PENDING).size(), "nobody undoes");
            refused(() -> migrations(database).undo(1), "MIGR-216");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void a_failing_statement_that_the_history_kept_is_reported_by_its_line_of_the_undo_part(TestServer server) {
        assumeTrue(server.isWanted());
        repository.table("1", "a").script("2_b.sql", "create table b (id int);\n\n-- //@UNDO\n\ndrop table nowhere;\n");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            repository.delete("2_b.sql");
            FailedStatement statement = assertThrows(
                            MigrationException.class, () -> migrations(database).undo(1))
                    .failure()
                    .statement()
                    .orElseThrow();
            assertTrue(statement.script().endsWith("2_b.sql (its undo part in the history)"), statement.script());
            assertEquals(3, statement.line());
            assertEquals("drop table nowhere;", statement.text());
            assertEquals(List.of("1", "2"), database.changelog());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void what_others_applied_is_undone_by_the_text_that_was_seen(TestServer server) {
        assumeTrue(server.isWanted());
        repository.table("1", "a").table("2", "b");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            database.execute("drop table CHANGELOG_HISTORY");
            repository.table("3", "c");
            migrations(database).migrate();
            repository.delete("3_create_c.sql").delete("2_create_b.sql");
            assertEquals(2, migrations(database).undo(2).undoneNow().size());
            assertTrue(has(database, "a") && !has(database, "b") && !has(database, "c"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB"})
    void scripts_that_are_sent_whole_are_undone_whole(TestServer server) {
        assumeTrue(server.isWanted() && server != TestServer.MARIADB);
        repository
                .environment("production", "send_full_script=true\n")
                .table("1", "a")
                .script(
                        "2_b.sql",
                        "create table b (id int);\n-- //@UNDO\ninsert into a (id) values (1);\ndrop table b;\n");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            assertEquals(1, migrations(database).undo(1).undoneNow().size());
            assertEquals(List.of("1"), database.query("select id from a"));
            assertTrue(!has(database, "b"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL"})
    void an_undo_part_says_by_itself_that_it_must_not_be_in_a_transaction(TestServer server) {
        assumeTrue(server.isWanted());
        repository
                .table("1", "a")
                .script(
                        "2_i.sql",
                        "create index a_i on a (id);\n-- //@UNDO\n-- @NO_TRANSACTION\ndrop index concurrently a_i;\n");
        try (TestDatabase database = server.fresh()) {
            for (String whole : List.of("false", "true")) {
                repository.environment("production", "send_full_script=" + whole + "\n");
                migrations(database).migrate();
                assertEquals(1, migrations(database).undo(1).undoneNow().size());
                assertEquals(List.of(), database.query("select 1 from pg_indexes where indexname='a_i'"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL"})
    void nothing_is_undone_while_another_run_is_at_work(TestServer server) throws InterruptedException {
        assumeTrue(server.isWanted());
        repository.table("1", "a");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            repository.script("2_slow.sql", "select pg_sleep(4);\n");
            Migrations slow = migrations(database);
            Thread other = new Thread(slow::migrate);
            other.start();
            while (database.query("select 1 from pg_stat_activity where query like 'select pg_sleep%'")
                    .isEmpty()) {
                Thread.sleep(50);
            }
            MigrationException thrown = assertThrows(
                    MigrationException.class,
                    () -> migrations(database).with("lock-timeout", "300ms").undo(1));
            assertEquals("MIGR-521", thrown.failure().explanation().code());
            other.join();
            assertEquals(List.of("1", "2"), database.changelog());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL"})
    void what_was_undone_before_a_transient_failure_counts_when_it_is_tried_again(TestServer server) {
        assumeTrue(server.isWanted());
        repository.table("1", "a").table("2", "b").table("3", "c");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            BrokenOnce dataSource = new BrokenOnce(database, "drop table b", 1);
            MigrationReport report = Migrations.of(dataSource)
                    .with("location", repository.location())
                    .undo(2);
            assertEquals(1, dataSource.broken());
            assertEquals(List.of("3", "2"), texts(report.undoneNow().keySet()));
            assertEquals(List.of("1"), database.changelog());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2"})
    void a_changelog_that_cannot_be_read_behind_an_undo_part_is_no_dropped_one(TestServer server) {
        assumeTrue(server.isWanted());
        repository.table("1", "a").script("2_b.sql", """
                        create table b (id int);
                        -- //@UNDO
                        alter table CHANGELOG rename to OTHER;
                        create force view CHANGELOG as select * from nowhere;
                        """);
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> migrations(database).undo(1));
            assertEquals("MIGR-502", thrown.failure().explanation().code(), thrown.getMessage());
            assertEquals(Map.of(), thrown.report().undoneNow());
            assertEquals(List.of("1", "2"), database.query("select ID from OTHER order by ID"));
        }
    }

    @Test
    void the_history_keeps_an_undo_part_with_its_escaped_placeholders() {
        try (TestDatabase database = new TestDatabase()) {
            repository
                    .environment("production", "user=anna\n")
                    .script("1_a.sql", "create table a (name varchar(20));\ninsert into a values ('bert');\n")
                    .script("2_b.sql", "call 1;\n-- //@UNDO\nupdate a set name = '\\${user} ${user}';\n");
            migrations(database).migrate();
            repository.delete("2_b.sql");
            migrations(database).undo(1);
            assertEquals(List.of("${user} anna"), database.query("select name from a"));
        }
    }
}
