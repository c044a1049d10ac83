package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.deploymigrations.testing.PlainClient;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.h2.tools.RunScript;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
    private static final String ROWS = "select ID, DESCRIPTION from CHANGELOG order by ID";

    @TempDir
    Path folder;

    private TestRepository repository;

    @BeforeEach
    void repository() {
        repository = new TestRepository(folder);
    }

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource()).with("location", repository.location());
    }

    private PlannedRun plan(TestDatabase database) {
        return migrations(database).plan().plan().orElseThrow();
    }

    @Test
    void a_plan_tells_the_statements_in_order_after_variables_and_writes_nothing() {
        repository
                .environment("production", "owner=anna\n")
                .table("2", "b")
                .script(
                        "1_create_a.sql",
                        "create table a (name varchar(9) default '${owner}', other char);\ndrop table a;\n");
        try (TestDatabase database = new TestDatabase()) {
            MigrationReport report = migrations(database).plan();
            PlannedRun plan = report.plan().orElseThrow();
            assertEquals(MigrationStatus.PENDING, report.status());
            assertEquals("plan", report.mode());
            assertEquals(
                    List.of(
                            List.of("create table a (name varchar(9) default 'anna', other char)", "drop table a"),
                            List.of("create table b (id int primary key)")),
                    plan.scripts().stream().map(PlannedScript::statements).toList());
            assertTrue(plan.sql().contains("default 'anna'"), plan.sql());
            assertEquals(
                    List.of(),
                    database.query("select TABLE_NAME from information_schema.TABLES where TABLE_SCHEMA='PUBLIC'"));
        }
    }

    @Test
    void where_nothing_is_to_be_done_a_plan_has_comments_only() {
        repository.table("1", "a");
        try (TestDatabase database = new TestDatabase()) {
            migrations(database).migrate();
            PlannedRun plan = plan(database);
            assertEquals(List.of(), plan.scripts());
            assertTrue(plan.sql().lines().allMatch(line -> line.startsWith("--")), plan.sql());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"db_password", "apiToken", "SECRET", "license.key"})
    void the_value_of_a_secret_variable_is_not_shown_and_the_text_says_that_it_cannot_be_run(String name) {
        repository
                .environment("production", name + "=xyz\nother=abc\n")
                .script("1_create_a.sql", "create table a (name varchar(9) default '${" + name + "}${other}');\n");
        try (TestDatabase database = new TestDatabase()) {
            PlannedRun plan = plan(database);
            assertFalse(plan.sql().contains("xyz"), plan.sql());
            assertTrue(plan.sql().contains("'${" + name + "}abc'"), plan.sql());
            assertTrue(
                    plan.sql().contains("-- NOT RUNNABLE AS IT IS: put in the values of ${" + name + "}"), plan.sql());
            assertEquals(List.of(name), plan.masked());
            migrations(database).migrate();
        }
    }

    @Test
    void an_escaped_placeholder_is_text_and_no_value_that_is_not_shown() {
        repository
                .environment("production", "password=xyz\n")
                .script(
                        "1_create_a.sql",
                        "-- owned by ${password}\ncreate table a (name varchar(20) default '\\${password}');\n");
        try (TestDatabase database = new TestDatabase()) {
            PlannedRun plan = plan(database);
            assertTrue(plan.sql().contains("'${password}'"), plan.sql());
            assertFalse(plan.sql().contains("NOT RUNNABLE"), plan.sql());
            assertEquals(List.of(), plan.masked());
        }
    }

    @Test
    void what_a_deployment_would_refuse_has_no_plan() {
        repository.table("2", "b");
        try (TestDatabase database = new TestDatabase()) {
            migrations(database).migrate();
            repository.table("1", "a");
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> migrations(database).plan());
            assertEquals("MIGR-401", thrown.failure().explanation().code());
        }
    }

    @Test
    void an_empty_statement_counts_where_a_script_stands() {
        repository.script(
                "1_two.sql", "-- @NO_TRANSACTION\ncreate table a (id int);\n;\ninsert into nowhere values (1);\n");
        try (TestDatabase database = new TestDatabase()) {
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> migrations(database).migrate());
            assertEquals(3, thrown.failure().statement().orElseThrow().number());
            PlannedScript script = plan(database).scripts().get(0);
            assertEquals(3, script.from());
            assertEquals(List.of("insert into nowhere values (1)"), script.statements());
        }
    }

    @Test
    void a_script_that_was_begun_is_planned_from_where_it_stands() {
        repository.script("1_two.sql", "create table a (id int);\ninsert into nowhere values (1);\n");
        try (TestDatabase database = new TestDatabase()) {
            assertThrows(MigrationException.class, () -> migrations(database).migrate());
            PlannedScript script = plan(database).scripts().get(0);
            assertEquals(2, script.from());
            assertEquals(List.of("insert into nowhere values (1)"), script.statements());
        }
    }

    @Test
    void a_file_name_ends_no_comment() {
        repository.script("1_a\ndrop table x;.sql", "create table a (id int);\n");
        try (TestDatabase database = new TestDatabase()) {
            String sql = plan(database).sql();
            assertTrue(sql.contains("scripts/1_a?drop table x;.sql\n"), sql);
        }
    }

    /** Functions, quotes, comments, a delimiter of its own, a commit of its own, another schema, no transaction. */
    private void oddScripts() {
        repository
                .environment("production", "delimiter=;\nname=O''Brien\n")
                .script("1_it's a \\ name ö.sql", """
                        create table a (id int primary key, note varchar(90)); -- said so
                        insert into a values (1, '${name}; -- no end ä');
                        insert into a
                        -- in between;
                          values (2, 'x'); -- trailing
                        """)
                .script("2_function.sql", """
                        -- @DELIMITER $done$
                        create function twice(n int) returns int as $$
                        begin
                          return 2 * n;
                        end;
                        $$ language plpgsql
                        $done$
                        insert into a values (3, 'a'); insert into a values (4, 'b');
                        $done$
                        """)
                .script("3_commits.sql", "insert into a values (5, 'c');\ncommit;\ninsert into a values (6, 'd');\n")
                .script("4_elsewhere.sql", """
                        create schema other;
                        set search_path = other;
                        create table c (id int);
                        """)
                .script("5_concurrently.sql", "-- @NO_TRANSACTION\ncreate index concurrently a_note on a (note);\n")
                .table("6", "last");
    }

    private static List<String> contents(TestDatabase database) {
        List<String> contents = database.query(ROWS);
        contents.addAll(database.query("select * from a order by id"));
        contents.addAll(database.query("select table_schema, table_name, column_name, data_type, is_nullable,"
                + " column_default from information_schema.columns where table_schema in ('public', 'other')"
                + " and table_name not in ('changelog_history') order by 1, 2, 3"));
        contents.addAll(
                database.query("select schemaname, indexdef from pg_indexes where schemaname in ('public', 'other')"
                        + " and tablename <> 'changelog_history' order by 2"));
        contents.addAll(database.query("select proname, prosrc from pg_proc where proname = 'twice'"));
        return contents;
    }

    private void assertSameAfter(Runner runner) throws Exception {
        try (TestDatabase ours = TestServer.POSTGRESQL.fresh();
                TestDatabase theirs = TestServer.POSTGRESQL.fresh()) {
            String sql = plan(theirs).sql();
            migrations(ours).migrate();
            runner.run(theirs, sql);
            assertEquals(String.join("\n", contents(ours)), String.join("\n", contents(theirs)), sql);
            assertEquals(List.of(), plan(theirs).scripts());
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(theirs).migrate().status());
            assertTrue(database_time_is_told_as_mybatis_does(theirs));
        }
    }

    private static boolean database_time_is_told_as_mybatis_does(TestDatabase database) {
        return database.query("select APPLIED_AT from CHANGELOG").stream()
                .allMatch(time -> time.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d"));
    }

    /** Runs a text of SQL. */
    @FunctionalInterface
    private interface Runner {
        void run(TestDatabase database, String sql) throws Exception;
    }

    @Test
    void the_text_run_by_psql_leaves_what_a_deployment_leaves() throws Exception {
        assumeTrue(hasPsql(), "no psql on the path");
        oddScripts();
        assertSameAfter(this::psql);
    }

    @Test
    void the_text_run_statement_by_statement_leaves_what_a_deployment_leaves() throws Exception {
        oddScripts();
        assertSameAfter(PlanTest::statementByStatement);
    }

    @Test
    void scripts_that_are_sent_whole_are_planned_whole_but_for_those_without_a_transaction() throws Exception {
        oddScripts();
        repository.delete("2_function.sql").environment("production", "send_full_script=true\nname=whole\n");
        if (hasPsql()) {
            assertSameAfter(this::psql);
        } else {
            assertSameAfter(PlanTest::statementByStatement);
        }
    }

    @Test
    void what_is_undone_is_planned_with_the_rows_that_go() throws Exception {
        repository.table("1", "a").table("2", "b");
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            migrations(database).migrate();
            Migrations down = migrations(database).with("target", "1").with("allow-undo", "true");
            PlannedRun plan = down.plan().plan().orElseThrow();
            assertTrue(plan.scripts().get(0).undo());
            statementByStatement(database, plan.sql());
            assertEquals(List.of("1"), database.changelog());
            assertEquals(List.of(), down.plan().plan().orElseThrow().scripts());
        }
    }

    @Test
    void all_scripts_in_one_transaction_are_planned_so() throws Exception {
        repository.table("1", "a").table("2", "b");
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            PlannedRun plan = migrations(database)
                    .with("transaction", "deployment")
                    .plan()
                    .plan()
                    .orElseThrow();
            assertEquals(1, plan.sql().lines().filter("COMMIT;"::equals).count());
            assertEquals("deployment", plan.scripts().get(1).transaction());
            statementByStatement(database, plan.sql());
            assertEquals(List.of("1", "2"), database.changelog());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestServer.class,
            names = {"H2", "MARIADB", "HSQLDB", "DERBY"})
    void the_text_leaves_the_same_changelog_on_other_databases(TestServer server) throws Exception {
        repository
                .table("1", "a")
                .script("2_it's a \\ row.sql", "insert into a values (1);\ninsert into a values (2);\n");
        try (TestDatabase ours = server.fresh();
                TestDatabase theirs = server.fresh()) {
            String sql = plan(theirs).sql();
            migrations(ours).migrate();
            statementByStatement(theirs, sql);
            assertEquals(ours.query(ROWS), theirs.query(ROWS), sql);
            assertEquals(ours.query("select id from a order by id"), theirs.query("select id from a order by id"));
            assertTrue(database_time_is_told_as_mybatis_does(theirs));
            assertEquals(List.of(), plan(theirs).scripts());
        }
    }

    private static void statementByStatement(TestDatabase database, String sql) throws SQLException {
        PlainClient.run(database.dataSource(), sql);
    }

    private static boolean hasPsql() {
        try {
            return new ProcessBuilder("psql", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void psql(TestDatabase database, String sql) throws IOException, InterruptedException {
        URI uri = URI.create(database.url().substring("jdbc:".length()));
        Path file = Files.writeString(folder.resolve("plan.sql"), sql);
        Process client = new ProcessBuilder(
                        "psql",
                        "-X",
                        "-q",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-h",
                        uri.getHost(),
                        "-p",
                        String.valueOf(uri.getPort()),
                        "-U",
                        database.user(),
                        "-d",
                        uri.getPath().substring(1),
                        "-f",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, client.waitFor(), () -> said + "\n" + sql);
    }

    @Test
    void the_end_of_a_statement_is_in_no_comment_whatever_the_database_calls_one() throws SQLException {
        repository.script(
                "1_a.sql",
                "create table a (id int) // of ids\n;\ninsert into a values (1);\n-- //@UNDO\ndrop table a;\n");
        try (TestDatabase database = new TestDatabase()) {
            String sql = plan(database).sql();
            try (Connection connection = database.dataSource().getConnection()) {
                RunScript.execute(connection, new StringReader(sql));
            }
            assertEquals(List.of("1"), database.query("select id from a"), sql);
        }
        repository.script("1_a.sql", "create table a (id int) # of ids\n;\ninsert into a values (1);\n");
        try (TestDatabase database = TestServer.MARIADB.fresh()) {
            String sql = plan(database).sql();
            assertTrue(sql.contains("create table a (id int) # of ids\n;\n"), sql);
            migrations(database).migrate();
        }
    }
}
