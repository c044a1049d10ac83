package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2's lock is on a connection of its own, which may end while the one that does the work goes on. */
class LockOfAnotherConnectionTest {
    /** Ends the session that has changed the lock's row; the statement that it is part of does well. */
    private static final String END =
            "(select count(*) from (select abort_session(session_id) from information_schema.sessions"
                    + " where session_id <> session_id() and contains_uncommitted))";

    @TempDir
    private Path folder;

    private final TestDatabase database = TestServer.H2.fresh();
    private TestRepository repository;

    @BeforeEach
    void a_script_that_runs() {
        repository = new TestRepository(folder).script("1_item.sql", "create table item (id bigint);\n");
        migrations().migrate();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Migrations migrations() {
        return Migrations.of(database.dataSource()).with("location", repository.location());
    }

    private MigrationFailure failure() {
        return assertThrows(MigrationException.class, () -> migrations().migrate())
                .failure();
    }

    @Test
    void rows_are_not_committed_when_it_is_gone_behind_the_last_statement() {
        repository.script(
                "2_rows.sql", "insert into item values (1);\ninsert into item select count(*) from " + END + ";\n");
        assertEquals("MIGR-522", failure().explanation().code());
        assertEquals(List.of(), database.query("select id from item"));
        assertEquals(List.of("1"), database.changelog());
    }

    @Test
    void nor_are_those_behind_the_last_definition() {
        repository.script(
                "2_more.sql", "create table more (id int);\ninsert into more select count(*) from " + END + ";\n");
        assertEquals("MIGR-522", failure().explanation().code());
        assertEquals(List.of(), database.query("select id from more"));
        assertEquals(List.of("1"), database.changelog());
    }

    @Test
    void a_definition_does_not_run_without_it() {
        repository.script(
                "2_more.sql", "insert into item select count(*) from " + END + ";\ncreate table more (id int);\n");
        assertEquals("MIGR-522", failure().explanation().code());
        assertEquals(List.of(), database.query("select id from item"));
        assertEquals(
                List.of("0"),
                database.query("select count(*) from information_schema.tables where table_name = 'MORE'"));
    }
}
