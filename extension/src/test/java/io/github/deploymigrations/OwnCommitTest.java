package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestLog;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A script that ends its transaction by itself, and fails behind that: what was taken back runs again, and nothing else. */
class OwnCommitTest {
    @TempDir
    private Path folder;

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource())
                .with("location", "file:" + folder)
                .with("retries", "0");
    }

    private void fails(TestDatabase database, String script) {
        new TestRepository(folder).script("1_a.sql", script + "insert into nowhere values (1);\n");
        Migrations failing = migrations(database);
        assertThrows(MigrationException.class, failing::migrate);
    }

    private void mended(TestDatabase database, String script) {
        new TestRepository(folder).script("1_a.sql", script + "insert into a values (9);\n");
        migrations(database).migrate();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void a_definition_behind_its_commit_is_there_once(TestServer server) {
        String script = "create table a (id int);\ncommit;\ncreate table b (id int);\n";
        try (TestDatabase database = server.fresh()) {
            fails(database, script);
            mended(database, script);
            assertEquals(List.of("9"), database.query("select id from a"));
            assertEquals(List.of(), database.query("select id from b"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table a (id int); commit; create table b (id int); insert into b values (1);",
                "create table a (id int); commit; insert into a values (1); create table b (id int); insert into b values (1);"
            })
    void rows_and_definitions_behind_its_commit_are_there_once(String script) {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            fails(database, script.replace("; ", ";\n") + "\n");
            mended(database, script.replace("; ", ";\n") + "\n");
            assertEquals(List.of("1"), database.query("select id from b"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* the first half */ commit",
                "commit /* the first half */",
                "commit and chain",
                "COMMIT WORK AND NO CHAIN",
                "end",
                "END TRANSACTION"
            })
    void what_it_commits_in_whatever_words_is_there_once(String commit) {
        insertsOnce("insert into a values (1);\n" + commit + ";\ncreate table b (id int);\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commit",
                "commit and chain",
                "/* the first half */ commit -- half\n",
                "end",
                "END /* half */ TRANSACTION",
                "do $$ begin perform 1; end; $$; begin; end"
            })
    void so_is_what_it_commits_where_it_is_sent_whole(String commit) {
        new TestRepository(folder).environment("production", "send_full_script=true\n");
        insertsOnce("insert into a values (1);\n" + commit + ";\ninsert into a values (2);\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"insert into a values (1); commit", "insert into a values (1); END TRANSACTION"})
    void so_is_what_several_statements_commit_that_are_sent_as_one(String several) {
        insertsOnce("-- @DELIMITER go\n" + several + "; select 1\ngo\n-- @DELIMITER ;\ninsert into a values (2);\n");
    }

    /** Nobody is told that such a script is left half done. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "do $$ begin insert into a values (1); end; $$",
                "do $x$ begin insert into a values (1); end; $x$; select '$$'",
                "create procedure f() language plpgsql as $$ begin insert into a values (1); commit; end $$",
                "insert into a values (case when true then 1 end)"
            })
    void the_end_of_a_body_is_not_that_of_its_transaction(String whole) {
        new TestRepository(folder).environment("production", "send_full_script=true\n");
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            database.execute("create table a (id int)");
            fails(database, whole + ";\n");
            assertEquals(List.of(), database.query("select id from a"));
            mended(database, whole + ";\n");
            assertEquals(
                    "9",
                    database.query("select id from a")
                            .get(database.query("select id from a").size() - 1));
        }
    }

    /** What a routine does when somebody calls it, it does not do now; and a text does nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create procedure p() begin insert into a values (1); commit; end",
                "create procedure p() if 1 then do 1; commit; end if",
                "select 'it\\'s; commit; now'"
            })
    void nor_is_what_the_body_of_a_routine_or_a_text_commits(String routine) {
        try (TestDatabase database = TestServer.MARIADB.fresh();
                TestLog log = TestLog.open()) {
            new TestRepository(folder).script("1_p.sql", "-- @DELIMITER go\n" + routine + "\ngo\n");
            migrations(database).migrate();
            assertEquals(List.of(), log.of("MIGR-219"));
        }
    }

    private void insertsOnce(String script) {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            database.execute("create table a (id int)");
            fails(database, script);
            assertEquals(List.of("1"), database.query("select id from a"));
            assertThrows(MigrationException.class, () -> migrations(database).migrate());
            assertEquals(List.of("1"), database.query("select id from a"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollback", "rollback and chain", "abort"})
    void what_takes_back_the_scripts_before_it_is_refused_where_all_are_one_transaction(String rollback) {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            new TestRepository(folder)
                    .script("1_a.sql", "create table a (id int);\n")
                    .script("2_b.sql", "create table b (id int);\n" + rollback + ";\n");
            MigrationException thrown = assertThrows(
                    MigrationException.class,
                    () -> migrations(database).with("transaction", "deployment").migrate());
            assertEquals("MIGR-414", thrown.failure().explanation().code(), thrown.getMessage());
        }
    }
}
