package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that were written for a client of the database, and have commands of its own in them. */
class ClientCommandTest {
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder).table("1", "a");
    }

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource()).with("location", repository.location());
    }

    private List<Problem> refused(TestDatabase database) {
        return assertThrows(MigrationException.class, () -> migrations(database).migrate())
                .failure()
                .problems();
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB"})
    void a_routine_as_the_mysql_client_wants_it_is_refused_before_anything_runs(TestServer server) {
        repository.script("2_fill.sql", """
                -- // fill
                insert into a values (1);

                DELIMITER //
                create procedure fill() begin
                  insert into a values (2);
                  insert into a values (3);
                end //
                DELIMITER ;
                """);
        try (TestDatabase database = server.fresh()) {
            List<Problem> problems = refused(database);
            assertEquals(1, problems.size(), problems::toString);
            assertEquals("MIGR-233", problems.get(0).explanation().code());
            assertTrue(problems.get(0).where().endsWith("2_fill.sql:4"), problems::toString);
            assertTrue(problems.get(0).explanation().what().contains("\"DELIMITER //\""), problems::toString);
            assertEquals(
                    1,
                    Migrations.of(database.dataSource())
                            .with("location", "file:" + only("1_create_a.sql"))
                            .migrate()
                            .appliedNow()
                            .size(),
                    "nothing was applied before");
        }
    }

    private Path only(String script) {
        repository.delete("2_fill.sql");
        assertTrue(
                repository.folder().resolve("scripts").resolve(script).toFile().exists());
        return repository.folder();
    }

    @Test
    void what_was_applied_long_ago_may_be_a_script_that_could_not_run() {
        repository.script("2_b.sql", "create table b (id int);\nGO\n").table("3", "c");
        try (TestDatabase database = TestServer.H2.fresh()) {
            assertEquals("MIGR-233", refused(database).get(0).explanation().code());
            assertEquals(List.of(), database.query("show tables"), "nothing was written");
            database.execute(
                    "create table CHANGELOG (ID numeric(20,0) not null, APPLIED_AT varchar(25) not null,"
                            + " DESCRIPTION varchar(255) not null)",
                    "insert into CHANGELOG values (1, '2020-01-01 00:00:00', 'a'), (2, '2020-01-01 00:00:00', 'b')");
            MigrationReport report = migrations(database).migrate();
            assertEquals(
                    List.of(RevisionId.parse("3").orElseThrow()),
                    List.copyOf(report.appliedNow().keySet()));
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(database).migrate().status());
            assertEquals(
                    List.of("1|1|SEEN", "2|1|SEEN", "3|1|APPLY"),
                    database.query("select REVISION, STATEMENTS, KIND from CHANGELOG_HISTORY order by REVISION"));
        }
    }

    @Test
    void what_it_did_is_not_undone_by_nothing() {
        repository.script("2_b.sql", "create table b (id int);\nGO\n");
        try (TestDatabase database = TestServer.H2.fresh()) {
            migrations(database).with("baseline", "2").migrate();
            MigrationException refused = assertThrows(
                    MigrationException.class, () -> migrations(database).undo(1));
            assertEquals(
                    "MIGR-421",
                    refused.failure().problems().get(0).explanation().code());
            repository.delete("2_b.sql");
            refused = assertThrows(
                    MigrationException.class, () -> migrations(database).undo(1));
            assertEquals(
                    "MIGR-421",
                    refused.failure().problems().get(0).explanation().code());
        }
    }

    @Test
    void its_undo_part_undoes_it_and_it_is_refused_when_it_is_to_be_applied_again() {
        repository.script("2_b.sql", "create table b (id int);\nGO\n-- //@UNDO\ndrop table b;\n");
        try (TestDatabase database = TestServer.H2.fresh()) {
            database.execute("create table b (id int)");
            migrations(database).with("baseline", "2").migrate();
            MigrationReport undone = migrations(database).undo(1);
            assertEquals(1, undone.undoneNow().size());
            assertEquals(List.of("1"), database.query("select ID from CHANGELOG"));
            assertEquals("MIGR-233", refused(database).get(0).explanation().code());
        }
    }

    @Test
    void so_may_what_a_baseline_counts_as_applied() {
        repository.script("2_b.sql", "create table b (id int);\nGO\n").table("3", "c");
        try (TestDatabase database = TestServer.H2.fresh()) {
            MigrationReport report = migrations(database).with("baseline", "2").migrate();
            assertEquals(
                    List.of(RevisionId.parse("3").orElseThrow()),
                    List.copyOf(report.appliedNow().keySet()));
        }
    }

    @Test
    void an_applied_script_that_was_edited_to_one_that_cannot_run_is_a_changed_one() {
        try (TestDatabase database = TestServer.H2.fresh()) {
            migrations(database).migrate();
            repository.delete("1_create_a.sql");
            repository.script("1_create_a.sql", "create table a (id int);\nGO\n");
            assertEquals("MIGR-407", refused(database).get(0).explanation().code());
            assertEquals(
                    MigrationStatus.UP_TO_DATE,
                    migrations(database).with("resolve", "1:accept").migrate().status());
        }
    }

    @Test
    void the_same_routine_runs_as_its_message_says() {
        repository.script("2_fill.sql", """
                -- // fill
                -- @DELIMITER $$
                create procedure fill() begin
                  insert into a values (2);
                  insert into a values (3);
                end
                $$
                -- @DELIMITER ;
                call fill();
                """);
        try (TestDatabase database = TestServer.MARIADB.fresh()) {
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(database).migrate().status());
            assertEquals(List.of("2", "3"), database.query("select id from a order by id"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    create table b (id int);~GO~create table c (id int);~GO~ | GO         | 2
                    create table b (id int)~GO~create table c (id int)~go~   | GO         | 2
                    create table b (id int);~/~                              | /          | 2
                    create table b (id int);~\\restrict abc~                 | \\restrict abc | 2
                    /* a~dump */ \\connect shop~create table b (id int);~    | \\connect shop | 2
                    delimiter $$~create table b (id int)~$$~                 | delimiter $$ | 1
                    """)
    void each_clients_own_words_are_told_with_their_line(String script, String told, int line) {
        repository.script("2_b.sql", script.replace('~', '\n'));
        try (TestDatabase database = TestServer.H2.fresh()) {
            List<Problem> problems = refused(database);
            assertEquals("MIGR-233", problems.get(0).explanation().code(), problems::toString);
            assertTrue(problems.get(0).where().endsWith("2_b.sql:" + line), problems::toString);
            assertTrue(problems.get(0).explanation().what().contains("\"" + told + "\""), problems::toString);
            assertEquals(1, problems.size(), problems::toString);
        }
    }

    @Test
    void a_whole_script_that_begins_with_one_is_refused_too() {
        repository
                .environment("production", "send_full_script=true\n")
                .script("2_b.sql", "-- dump\n\\restrict abc\ncreate table b (id int);\n");
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            assertEquals("MIGR-233", refused(database).get(0).explanation().code());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into t values ('\nGO\n');\n",
                "insert into t values ('a\nDELIMITER //\nb');\n",
                "/* GO\n*/ insert into t values ('a');\n",
                "insert into\n  t -- DELIMITER //\n values ('a');\n",
                "-- @DELIMITER GO\ninsert into t values ('a')\nGO\n"
            })
    void what_only_looks_like_one_is_left_alone(String statement) {
        repository.script("2_b.sql", statement);
        try (TestDatabase database = TestServer.H2.fresh()) {
            database.execute("create table t (x varchar(100))");
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(database).migrate().status());
        }
    }

    @Test
    void an_undo_part_with_one_is_refused_before_anything_is_undone() {
        repository.script("2_b.sql", "create table b (id int);\n-- //@UNDO\ndrop table b;\nGO\ndrop table a;\n");
        try (TestDatabase database = TestServer.H2.fresh()) {
            Migrations migrations = migrations(database);
            migrations.migrate();
            List<Problem> problems = assertThrows(MigrationException.class, () -> migrations.undo(1))
                    .failure()
                    .problems();
            assertEquals("MIGR-233", problems.get(0).explanation().code(), problems::toString);
            assertTrue(problems.get(0).where().endsWith("2_b.sql:4"), problems::toString);
            assertEquals(List.of(), database.query("select * from b"));
        }
    }

    @Test
    void a_full_line_delimiter_makes_a_script_of_another_client_one_of_mybatis() {
        repository
                .environment("production", "delimiter=GO\nfull_line_delimiter=true\n")
                .delete("1_create_a.sql")
                .script("2_b.sql", "create table b (id int)\nGO\ncreate table c (id int)\nGO\n");
        try (TestDatabase database = TestServer.H2.fresh()) {
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(database).migrate().status());
            assertEquals(List.of(), database.query("select * from c"));
        }
    }
}
