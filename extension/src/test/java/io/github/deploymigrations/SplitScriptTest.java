package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that ask for no transaction where scripts are sent whole: PostgreSQL makes one of several in one call. */
class SplitScriptTest {
    @TempDir
    private Path folder;

    private TestRepository repository;

    @BeforeEach
    void scripts_are_sent_whole() {
        repository = new TestRepository(folder)
                .environment("production", "send_full_script=true\n")
                .script("1_a.sql", "create table a (id int);\ninsert into a values (1);\n");
    }

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource()).with("location", repository.location());
    }

    @Test
    void they_run_statement_by_statement_and_each_is_watched() {
        repository.script("2_b.sql", """
                -- @NO_TRANSACTION
                create index concurrently a_1 on a (id);
                -- a comment
                create index concurrently
                  a_2 on a (id);

                insert into nowhere values (1);
                """);
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> migrations(database).migrate());
            FailedStatement statement = thrown.failure().statement().orElseThrow();
            assertEquals(3, statement.number());
            assertEquals(7, statement.line());
            assertEquals("insert into nowhere values (1);", statement.text());
            assertEquals(
                    List.of("2"), database.query("select DONE from CHANGELOG_HISTORY order by ATTEMPT desc limit 1"));
            repository.script("2_b.sql", """
                    -- @NO_TRANSACTION
                    create index concurrently a_1 on a (id);
                    -- a comment
                    create index concurrently
                      a_2 on a (id);

                    insert into a values (2);
                    """);
            migrations(database).migrate();
            assertEquals(List.of("1", "2"), database.query("select id from a order by id"));
            assertEquals(List.of("1", "2"), database.changelog());
        }
    }

    @Test
    void the_others_are_sent_whole_as_before() {
        repository.script("2_b.sql", "insert into a values (2);\ninsert into nowhere values (3)\n");
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> migrations(database).migrate());
            FailedStatement statement = thrown.failure().statement().orElseThrow();
            assertEquals(1, statement.number());
            assertTrue(statement.text().contains("insert into a values (2)"), statement.text());
            assertEquals(List.of("1"), database.query("select id from a"));
        }
    }

    @Test
    void their_last_statement_needs_its_terminator_and_onabort_does_not_run_them_again() {
        repository.script("2_b.sql", "-- @NO_TRANSACTION\ninsert into a values (2)\n");
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            MigrationException unterminated = assertThrows(
                    MigrationException.class, () -> migrations(database).migrate());
            assertTrue(unterminated.getMessage().contains("2_b.sql"), unterminated.getMessage());
            repository
                    .script(
                            "2_b.sql",
                            "-- @NO_TRANSACTION\ninsert into a values (2);\ninsert into nowhere values (3);\n")
                    .file("scripts/onabort.sql", "insert into a values (9);\n");
            assertThrows(MigrationException.class, () -> migrations(database).migrate());
            assertEquals(List.of("1", "2", "9"), database.query("select id from a order by id"));
        }
    }

    @Test
    void one_that_failed_and_was_edited_to_one_that_cannot_run_is_told_with_its_line() {
        String begun = "-- @NO_TRANSACTION\ninsert into a values (2);\n";
        repository.script("2_b.sql", begun + "insert into nowhere values (3);\n");
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            assertThrows(MigrationException.class, () -> migrations(database).migrate());
            repository.script("2_b.sql", begun + "insert into a values (3)\n");
            MigrationFailure failure = assertThrows(
                            MigrationException.class, () -> migrations(database).migrate())
                    .failure();
            assertEquals("MIGR-200", failure.explanation().code(), failure::describe);
            assertTrue(failure.describe().contains("2_b.sql:3"), failure::describe);
            repository.script("2_b.sql", begun + "insert into a values (3);\n");
            migrations(database).migrate();
            assertEquals(List.of("1", "2", "3"), database.query("select id from a order by id"));
        }
    }
}
