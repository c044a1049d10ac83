package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.SharedConnection;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestLog;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.UrlDataSource;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    private final TestDatabase database = new TestDatabase();
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Migrations migrations() {
        return Migrations.of(database.dataSource()).with("location", repository.location());
    }

    private MigrationException failure() {
        return assertThrows(MigrationException.class, () -> migrations().migrate());
    }

    private static List<String> applied(MigrationReport report) {
        return report.appliedNow().keySet().stream().map(RevisionId::toString).toList();
    }

    @Test
    void pending_scripts_are_applied_in_order_of_id_and_recorded() {
        repository.table("10", "b").table("2", "a").table("100", "c");
        MigrationReport report = migrations().migrate();
        assertEquals(List.of("2", "10", "100"), applied(report));
        assertEquals(MigrationStatus.UP_TO_DATE, report.status());
        assertEquals("100", report.current().orElseThrow().toString());
        assertEquals(Map.of(RevisionState.APPLIED, 3), report.counts());
        assertEquals(
                List.of("2|create a", "10|create b", "100|create c"),
                database.query("select ID, DESCRIPTION from CHANGELOG order by ID"));
    }

    @Test
    void what_is_applied_is_not_applied_again_and_a_new_script_alone_is() {
        repository.table("1", "a");
        migrations().migrate();
        assertEquals(List.of(), applied(migrations().migrate()));
        repository.table("2", "b");
        assertEquals(List.of("2"), applied(migrations().migrate()));
    }

    @Test
    void where_nothing_is_to_be_done_nothing_is_written() {
        repository.table("1", "a");
        migrations().migrate();
        database.execute("create user reader password ''", "grant select on CHANGELOG, CHANGELOG_HISTORY to reader");
        JdbcDataSource reader = new JdbcDataSource();
        reader.setURL(database.url().replaceFirst(";.*", ""));
        reader.setUser("reader");
        reader.setPassword("");
        MigrationReport report =
                Migrations.of(reader).with("location", repository.location()).migrate();
        assertEquals(MigrationStatus.UP_TO_DATE, report.status());
    }

    @Test
    void how_long_a_script_took_while_the_clock_was_set_back_nobody_knows() {
        repository.table("1", "a");
        migrations().migrate();
        assertFalse(migrations().status().revisions().get(0).duration().isEmpty());
        database.execute("update CHANGELOG_HISTORY set ENDED_AT = '2001-01-01T00:00:00Z'");
        assertEquals(Optional.empty(), migrations().status().revisions().get(0).duration());
    }

    @Test
    void a_changelog_that_the_first_script_creates_is_used() {
        repository.script("1_create_changelog.sql", """
                create table ${changelog} (
                ID NUMERIC(20,0) NOT NULL,
                APPLIED_AT VARCHAR(25) NOT NULL,
                DESCRIPTION VARCHAR(255) NOT NULL
                );
                """);
        migrations().with("changelog", "HISTORY").migrate();
        assertEquals(List.of("1"), database.query("select ID from HISTORY"));
    }

    @Test
    void a_failing_statement_is_reported_with_file_line_statement_and_what_was_applied_before() {
        repository.table("1", "a").script("2_break it.sql", """
                -- // break it

                create table b (id int);

                -- a comment in between
                insert into
                  nowhere values (1);
                """);
        MigrationException thrown = failure();
        MigrationFailure failure = thrown.failure();
        FailedStatement statement = failure.statement().orElseThrow();
        assertEquals("MIGR-501", failure.explanation().code());
        assertTrue(statement.script().endsWith("scripts/2_break it.sql"), statement.script());
        assertEquals(6, statement.line());
        assertEquals(2, statement.number());
        assertEquals("insert into\n  nowhere values (1);", statement.text());
        assertEquals(Optional.of("42S02"), failure.database().orElseThrow().sqlState());
        assertEquals(
                List.of("1"),
                failure.applied().stream().map(RevisionId::toString).toList());
        assertEquals(List.of("1"), applied(thrown.report()));
        assertEquals(List.of("1"), database.changelog());
        Revision failed = thrown.report().in(RevisionState.FAILED).get(0);
        assertEquals("2", failed.id().toString());
        for (String part :
                List.of("2_break it.sql", "line 6", "insert into", "42S02", "Applied:    1", "What to do:")) {
            assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
        }
    }

    @Test
    void a_script_that_failed_behind_a_definition_goes_on_behind_it_as_often_as_it_fails() {
        repository.script(
                "1_a.sql", "create table a (id int);\ninsert into a values (1);\ninsert into nowhere values (1);\n");
        failure();
        assertEquals(2, failure().failure().statement().orElseThrow().number() - 1);
        repository.script(
                "1_a.sql", "create table a (id int);\ninsert into a values (1);\ninsert into a values (2);\n");
        assertEquals(List.of("1"), applied(migrations().migrate()));
        assertEquals(List.of("1", "2"), database.query("select id from a order by id"));
    }

    @Test
    void a_definition_that_no_metadata_shows_is_not_repeated_after_a_failure_behind_it() {
        repository
                .script("1_a.sql", "create table a (id int);\n")
                .script("2_b.sql", "alter table a add check (id > 0);\ninsert into nowhere values (1);\n");
        failure();
        failure();
        repository.script("2_b.sql", "alter table a add check (id > 0);\ninsert into a values (1);\n");
        migrations().migrate();
        assertEquals(
                List.of("1"),
                database.query("select count(*) from information_schema.table_constraints where table_name='A'"));
    }

    @Test
    void a_script_that_depends_on_its_session_is_not_gone_on_with() {
        repository.script(
                "1_a.sql",
                "set @x = 5;\ncreate table a (id int);\ninsert into a values (@x);\ninsert into nowhere values (1);\n");
        failure();
        assertEquals("MIGR-412", failure().failure().explanation().code());
    }

    @Test
    void a_script_that_goes_to_another_schema_leaves_changelog_and_connection_where_they_were() throws Exception {
        repository
                .script(
                        "1_a.sql",
                        "create schema zz;\nset schema zz;\ncreate table s_a (id int);\ninsert into s_a values (1);\n")
                .table("2", "b");
        Connection real = database.dataSource().getConnection();
        Migrations.of(new SharedConnection(real, database.dataSource()))
                .with("location", repository.location())
                .migrate();
        assertEquals("PUBLIC", real.getSchema());
        assertEquals(List.of("1", "2"), database.query("select ID from PUBLIC.CHANGELOG order by ID"));
        assertEquals(List.of(), applied(migrations().migrate()));
        assertEquals(List.of("1"), database.query("select id from zz.s_a"));
    }

    @Test
    void a_changelog_row_that_is_refused_is_no_failed_statement() {
        repository
                .table("1", "a")
                .script("2_b.sql", "create table b (id int);\ninsert into CHANGELOG values (2, 'x', 'y');\n");
        assertEquals("MIGR-502", failure().failure().explanation().code());
    }

    @Test
    void a_script_that_is_sent_whole_and_fails_may_have_left_something() {
        repository
                .environment("production", "send_full_script=true\n")
                .script("1_a.sql", "create table a (id int);\ncreate tabel b (id int);\n");
        assertTrue(
                failure().getMessage().contains("may have left something behind"),
                () -> failure().getMessage());
        assertEquals("MIGR-412", failure().failure().explanation().code());
        database.execute("drop table if exists a");
        repository.script("1_a.sql", "create table a (id int);\ncreate table b (id int);\n");
        assertEquals(
                List.of("1"), applied(migrations().with("resolve", "1:pending").migrate()));
    }

    @Test
    void a_mended_script_is_applied_by_the_next_run() {
        repository.script("1_a.sql", "create tabel a (id int);\n");
        failure();
        repository.script("1_a.sql", "create table a (id int);\n");
        assertEquals(List.of("1"), applied(migrations().migrate()));
    }

    @Test
    void the_line_is_right_with_CRLF_a_byte_order_mark_and_variables_of_several_lines() {
        repository.script("1_a.sql", "\uFEFF-- // a\r\ninsert ${lines}\r\n  into x;\r\n");
        MigrationException thrown = assertThrows(
                MigrationException.class,
                () -> migrations().with("variable.lines", "\n\n\n").migrate());
        assertEquals(2, thrown.failure().statement().orElseThrow().line());
        assertEquals(
                "insert ${lines}\n  into x;",
                thrown.failure().statement().orElseThrow().text());
    }

    @Test
    void the_value_of_a_secret_variable_is_in_no_message() {
        repository.environment("production", "db_password=hunter2\n");
        repository.script("1_a.sql", "creat user app password '${db_password}';\n");
        MigrationException thrown = failure();
        assertFalse(thrown.getMessage().contains("hunter2"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("${db_password}"), thrown.getMessage());
    }

    @Test
    void nor_is_it_where_onabort_fails_of_it() {
        repository
                .environment("production", "db_password=hunter2\n")
                .script("1_a.sql", "insert into nowhere values (1);\n")
                .file("scripts/onabort.sql", "insert into nowhere values ('${db_password}');\n");
        try (TestLog log = TestLog.open()) {
            failure();
            String told = String.join("\n", log.of("MIGR-504"));
            assertTrue(told.contains("${db_password}"), told);
            assertFalse(told.contains("hunter2"), told);
        }
    }

    @Test
    void a_delimiter_does_not_leak_into_the_next_script_nor_into_a_hook() {
        repository
                .environment("production", "hook_after_each_up=SQL:after.sql\n")
                .hook("after.sql", "create table if not exists hooked (id int);\n")
                .script("1_a.sql", "-- @DELIMITER !\ncreate table a (id int)!\n")
                .script("2_b.sql", "create table b (id int);\n");
        assertEquals(List.of("1", "2"), applied(migrations().migrate()));
        assertEquals(List.of(), database.query("select * from hooked"));
    }

    @Test
    void a_failing_hook_is_named_and_the_script_before_it_stays_applied() {
        repository
                .environment("production", "hook_after_each_up=SQL:after.sql\n")
                .hook("after.sql", "insert into nowhere values (1);\n")
                .table("1", "a");
        MigrationException thrown = failure();
        assertEquals("MIGR-503", thrown.failure().explanation().code());
        assertTrue(thrown.getMessage().contains("hook_after_each_up of 1_create_a.sql"), thrown.getMessage());
        assertEquals(List.of("1"), database.changelog());
    }

    @Test
    void onabort_runs_when_a_script_fails_and_does_not_hide_the_reason() {
        repository
                .file("scripts/onabort.sql", "create table aborted (id int);\ninsert into nowhere values (2);\n")
                .script("1_a.sql", "insert into missing values (1);\n");
        MigrationException thrown = failure();
        assertEquals(List.of(), database.query("select * from aborted"));
        assertTrue(thrown.getMessage().contains("insert into missing"), thrown.getMessage());
    }

    @Test
    void a_database_warning_does_not_stop_the_run_as_with_the_command_line() {
        repository.table("1", "a").environment("production", "ignore_warnings=true\n");
        assertEquals(List.of("1"), applied(migrations().migrate()));
    }

    @Test
    void auto_commit_and_send_full_script_of_the_environment_are_honoured() {
        repository.environment("production", "auto_commit=true\nsend_full_script=true\n");
        repository.script("1_a.sql", "-- // a\ncreate table a (id int);\ninsert into a values (1);\n");
        migrations().migrate();
        assertEquals(List.of("1"), database.query("select id from a"));
    }

    @Test
    void unknown_variables_stay_as_they_are() {
        repository.script("1_a.sql", "create table a (t varchar(20) default '${unknown}');\n");
        migrations().migrate();
        database.execute("insert into a values (default)");
        assertEquals(List.of("${unknown}"), database.query("select t from a"));
    }

    @Test
    void a_late_script_is_refused_and_named() {
        repository.table("5", "a");
        migrations().migrate();
        repository.table("3", "late");
        MigrationException thrown = failure();
        assertEquals("MIGR-401", thrown.failure().explanation().code());
        assertTrue(thrown.getMessage().contains("3_create_late.sql"), thrown.getMessage());
        assertEquals(1, thrown.report().in(RevisionState.LATE).size());
    }

    @Test
    void a_missing_script_is_refused_and_a_newer_revision_only_shown() {
        repository.table("1", "a").table("2", "b").table("3", "c");
        migrations().migrate();
        repository.delete("3_create_c.sql");
        assertEquals(1, migrations().migrate().in(RevisionState.NEWER).size());
        repository.delete("1_create_a.sql");
        assertEquals("MIGR-402", failure().failure().explanation().code());
    }

    @Test
    void a_target_limits_what_is_applied() {
        repository.table("1", "a").table("2", "b").table("3", "c");
        MigrationReport report = migrations().with("target", "2").migrate();
        assertEquals(List.of("1", "2"), applied(report));
        assertEquals(MigrationStatus.PENDING, report.status());
        MigrationException below = assertThrows(
                MigrationException.class, () -> migrations().with("target", "1").migrate());
        assertEquals("MIGR-403", below.failure().explanation().code());
        MigrationException unknown = assertThrows(
                MigrationException.class, () -> migrations().with("target", "9").migrate());
        assertTrue(unknown.getMessage().contains("MIGR-218"), unknown.getMessage());
    }

    @Test
    void validate_applies_nothing_and_fails_where_migrate_would_do_something() {
        repository.table("1", "a");
        MigrationException thrown =
                assertThrows(MigrationException.class, () -> migrations().validate());
        assertEquals("MIGR-404", thrown.failure().explanation().code());
        assertEquals(
                List.of(),
                database.query("select table_name from information_schema.tables where table_schema='PUBLIC'"));
        migrations().migrate();
        assertEquals(MigrationStatus.UP_TO_DATE, migrations().validate().status());
    }

    @Test
    void the_status_says_what_is_pending_and_changes_nothing() {
        repository.table("1", "a");
        MigrationReport report = migrations().status();
        assertEquals(MigrationStatus.PENDING, report.status());
        assertEquals(
                List.of(),
                database.query("select table_name from information_schema.tables where table_schema='PUBLIC'"));
    }

    @Test
    void a_script_that_did_not_end_well_is_not_up_to_date() {
        repository.table("1", "a").script("2_b.sql", "create table b (id int);\nnonsense;\n");
        assertThrows(MigrationException.class, () -> migrations().migrate());
        MigrationReport report = migrations().status();
        assertEquals(1, report.in(RevisionState.FAILED).size());
        assertEquals(MigrationStatus.PENDING, report.status());
        repository.delete("2_b.sql");
        assertEquals(MigrationStatus.UP_TO_DATE, migrations().status().status(), "that of another release");
    }

    @Test
    void validate_names_the_revisions_of_which_something_is_to_be_written_down() {
        repository.table("1", "a").table("3", "c");
        migrations().migrate();
        repository.table("2", "b");
        Migrations skipping = migrations().with("late", "skip");
        MigrationException thrown = assertThrows(MigrationException.class, skipping::validate);
        assertTrue(thrown.getMessage().contains("MIGR-447"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("1 revision(s)"), thrown.getMessage());
        assertTrue(!thrown.getMessage().contains("MIGR-404"), thrown.getMessage());
        skipping.migrate();
        assertEquals(MigrationStatus.UP_TO_DATE, migrations().validate().status());
    }

    @Test
    void what_a_run_has_settled_it_does_not_call_ignored() {
        repository.table("1", "a");
        migrations().migrate();
        repository.script("1_create_a.sql", "create table a (id bigint);\n");
        Migrations accepting = migrations().with("resolve", "1:accept");
        assertEquals(List.of(), accepting.migrate().warnings());
        assertEquals("MIGR-411", accepting.migrate().warnings().get(0).code());
    }

    @Test
    void a_script_whose_text_a_person_has_settled_is_missing_when_it_is_gone() {
        repository
                .table("1", "a")
                .script("2_b.sql", "create table b (id int);\nnonsense;\n")
                .table("3", "c");
        assertThrows(MigrationException.class, () -> migrations().migrate());
        migrations().with("resolve", "2:applied").migrate();
        repository.script("1_create_a.sql", "create table a (id bigint);\n");
        migrations().with("resolve", "1:accept").migrate();
        repository.delete("1_create_a.sql").delete("2_b.sql");
        MigrationException thrown =
                assertThrows(MigrationException.class, () -> migrations().migrate());
        assertTrue(thrown.getMessage().contains("MIGR-402 2 applied revision(s)"), thrown.getMessage());
        migrations().with("resolve", "1:accept,2:accept").migrate();
        assertEquals(MigrationStatus.UP_TO_DATE, migrations().migrate().status());
    }

    @Test
    void the_schema_of_the_settings_is_worked_in_and_the_connection_goes_back_as_it_came() throws Exception {
        database.execute("create schema app");
        repository.table("1", "a");
        Connection real = database.dataSource().getConnection();
        real.setAutoCommit(false);
        Migrations.of(new SharedConnection(real, database.dataSource()))
                .with("location", repository.location())
                .with("schema", "app")
                .migrate();
        assertEquals(List.of("1"), database.query("select ID from APP.CHANGELOG"));
        assertEquals("PUBLIC", real.getSchema());
        assertFalse(real.getAutoCommit());
        MigrationException thrown = assertThrows(
                MigrationException.class,
                () -> migrations().with("schema", "nope").migrate());
        assertTrue(thrown.getMessage().contains("MIGR-306"), thrown.getMessage());
    }

    @Test
    void all_problems_of_the_settings_are_told_at_once() {
        MigrationException thrown = assertThrows(
                MigrationException.class,
                () -> migrations()
                        .with("enviroment", "x")
                        .with("target", "1.5")
                        .with("data-source", "java:x")
                        .with("connect-timeout", "${NO_SUCH_VARIABLE}")
                        .migrate());
        for (String part : List.of("MIGR-101", "\"environment\"", "MIGR-103", "MIGR-116", "MIGR-104")) {
            assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
        }
    }

    @Test
    void a_wrong_password_fails_at_once_and_is_not_shown() {
        repository.table("1", "a");
        database.execute("create table there (id int)");
        DataSource wrong = new UrlDataSource(database.url(), database.user(), "hunter2");
        long start = System.nanoTime();
        MigrationException thrown = assertThrows(
                MigrationException.class,
                () -> Migrations.of(wrong)
                        .with("location", repository.location())
                        .migrate());
        assertTrue(
                System.nanoTime() - start < 10_000_000_000L, "it is not tried again for the 30 s of connect-timeout");
        assertTrue(thrown.getMessage().contains("MIGR-303"), thrown.getMessage());
        assertFalse(thrown.getMessage().contains("hunter2"), thrown.getMessage());
    }

    @Test
    void a_pool_that_hangs_is_given_up_after_the_connect_timeout() {
        repository.table("1", "a");
        DataSource hanging = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                    new CountDownLatch(1).await();
                    return null;
                });
        MigrationException thrown = assertThrows(
                MigrationException.class,
                () -> Migrations.of(hanging)
                        .with("location", repository.location())
                        .with("connect-timeout", "200ms")
                        .migrate());
        assertEquals("MIGR-304", thrown.failure().explanation().code());
    }

    @Test
    void a_data_source_that_gives_no_connection_is_told_as_that() {
        repository.table("1", "a");
        DataSource empty = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> null);
        MigrationException thrown = assertThrows(
                MigrationException.class,
                () -> Migrations.of(empty)
                        .with("location", repository.location())
                        .with("connect-timeout", "200ms")
                        .migrate());
        assertEquals("MIGR-303", thrown.failure().explanation().code());
        assertTrue(thrown.getMessage().contains("getConnection()"), thrown.getMessage());
    }

    @Test
    void the_environment_of_wrong_settings_is_not_what_somebody_wrote() {
        repository.table("1", "a");
        for (String wrong : List.of("${NO_SUCH_VARIABLE}", "../hunter2")) {
            MigrationException thrown = assertThrows(
                    MigrationException.class,
                    () -> migrations().with("environment", wrong).migrate());
            assertEquals("production", thrown.report().environment());
        }
    }

    @Test
    void the_environment_of_wrong_scripts_is_the_one_that_was_chosen() {
        repository.table("1", "a").table("01", "b");
        MigrationException thrown = assertThrows(
                MigrationException.class,
                () -> migrations()
                        .with("environment", "${NO_SUCH_VARIABLE:test}")
                        .migrate());
        assertEquals("test", thrown.report().environment());
    }

    @Test
    void an_unreadable_changelog_is_a_failure_and_not_an_empty_one() {
        repository.table("1", "a");
        database.execute("create table CHANGELOG (other int)");
        assertEquals("MIGR-307", failure().failure().explanation().code());
        assertEquals(
                List.of(), database.query("select table_name from information_schema.tables where table_name='A'"));
    }

    @Test
    void a_secret_that_begins_with_another_is_not_told_in_part() {
        repository
                .environment("production", "a_password=hunter\nb_token=hunter2000\n")
                .script("1_a.sql", "select cast('${b_token}' as int);\n");
        MigrationException thrown =
                assertThrows(MigrationException.class, () -> migrations().migrate());
        assertTrue(thrown.getMessage().contains("${b_token}"), thrown.getMessage());
        assertFalse(thrown.getMessage().contains("2000"), thrown.getMessage());
    }
}
