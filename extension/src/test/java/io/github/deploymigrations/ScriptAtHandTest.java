package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Small scripts run as they were looked through, without being read again. Nobody is to see more of that than the time. */
class ScriptAtHandTest {
    @TempDir
    private Path folder;

    private final TestDatabase database = TestServer.POSTGRESQL.fresh();
    private TestRepository repository;

    @BeforeEach
    void a_script_that_runs() {
        repository = new TestRepository(folder).script("1_item.sql", """
                create table item (id int primary key);
                create sequence draw;
                insert into item values (1);
                """);
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
    void a_failure_is_told_at_its_statement_and_nothing_of_the_script_is_left() {
        repository.script("2_broken.sql", """
                insert into item values (2);
                create index item_2 on item (id);

                -- the third
                insert into item
                  values (1);
                insert into item values (4);
                """);
        MigrationFailure failure = failure();
        FailedStatement statement = failure.statement().orElseThrow();
        assertEquals(3, statement.number());
        assertEquals(5, statement.line());
        assertEquals("insert into item\n  values (1);", statement.text());
        assertEquals("23505", failure.database().orElseThrow().sqlState().orElseThrow());
        assertEquals(List.of("1"), database.query("select id from item"));
        assertEquals(List.of("1"), database.changelog());
        assertEquals(List.of("FAILED"), database.query("select OUTCOME from CHANGELOG_HISTORY where REVISION = 2"));
    }

    @Test
    void a_statement_that_answers_rows_runs_as_well() {
        repository.script("2_returning.sql", """
                insert into item values (2);
                insert into item values (3) returning id;
                """);
        migrations().migrate();
        assertEquals(List.of("1", "2", "3"), database.query("select id from item order by id"));
        assertEquals(List.of("1", "2"), database.changelog());
    }

    @Test
    void a_connection_that_ends_meanwhile_is_what_is_told() {
        repository.script("2_end.sql", """
                insert into item values (2);
                insert into item select 3 where pg_terminate_backend(pg_backend_pid());
                """);
        MigrationFailure failure = failure();
        assertEquals("57P01", failure.database().orElseThrow().sqlState().orElseThrow());
        assertEquals(2, failure.statement().orElseThrow().number());
        assertEquals(List.of("1"), database.query("select id from item"));
        assertEquals(List.of("1"), database.changelog());
    }

    /** Not even a script that nobody would suspect of it can go on without the lock. */
    @Test
    void nothing_is_committed_when_the_lock_is_gone_behind_the_statements() {
        repository.environment("production", "delimiter=go\nfull_line_delimiter=true\n");
        repository.script("1_item.sql", """
                create table item (id int primary key)
                go
                create function give_up() returns trigger language plpgsql as $$
                begin perform pg_advisory_unlock_all(); return new; end $$
                go
                create trigger given_up before insert on item for each row execute function give_up()
                go
                """);
        repository.script("2_item.sql", "insert into item values (2)\ngo\n");
        MigrationFailure failure = failure();
        assertEquals("MIGR-522", failure.explanation().code());
        assertEquals(List.of("0"), database.query("select count(*) from item"));
        assertEquals(List.of("1"), database.changelog());
    }

    @Test
    void changelog_and_history_have_the_same_rows_as_ever() {
        repository.script("2_it_s_ä.sql", """
                insert into item values (2);
                -- //@UNDO
                delete from item where id = 2;
                """);
        migrations().migrate();
        assertEquals(List.of("it s ä"), database.query("select DESCRIPTION from CHANGELOG where ID = 2"));
        assertEquals(
                database.query("select APPLIED_AT from CHANGELOG order by ID"),
                database.query("select CHANGELOG_AT from CHANGELOG_HISTORY order by ATTEMPT"));
        assertEquals(List.of("3", "1"), database.query("select STATEMENTS from CHANGELOG_HISTORY order by ATTEMPT"));
        assertTrue(database.query("select UNDO_TEXT from CHANGELOG_HISTORY where REVISION = 2")
                .get(0)
                .contains("delete from item where id = 2;"));
    }

    @Test
    void a_statement_that_takes_too_long_is_told() {
        repository.script("2_slow.sql", """
                insert into item values (2);
                insert into item select 3 where pg_sleep(60) is not null;
                """);
        MigrationFailure failure = assertThrows(
                        MigrationException.class,
                        () -> migrations().with("timeout", "2s").migrate())
                .failure();
        assertEquals(2, failure.statement().orElseThrow().number());
    }

    /** One schema for each customer, of which each may have a changelog. */
    @Test
    void a_script_may_end_elsewhere_without_anybody_seeing_it() {
        database.execute(
                "create schema acme",
                "create table acme.CHANGELOG (ID numeric(20,0), APPLIED_AT varchar(25), DESCRIPTION varchar(255))");
        database.execute("""
                create function enter() returns trigger language plpgsql as $$
                begin perform set_config('search_path', 'acme', false); return new; end $$""");
        database.execute("create table tenant (name text)");
        database.execute("create trigger entered after insert on tenant for each row execute function enter()");
        repository.script("2_tenant.sql", "insert into tenant values ('acme');\n");
        migrations().migrate();
        assertEquals(List.of("1", "2"), database.query("select ID from public.CHANGELOG order by ID"));
        assertEquals(List.of("0"), database.query("select count(*) from acme.CHANGELOG"));
    }

    @Test
    void carriage_returns_go_as_the_environment_says() {
        repository.environment("production", "remove_crs=true\n");
        repository.script("2_note.sql", "create table note (text text);\r\ninsert into note values ('a\r\nb');\r\n");
        migrations().migrate();
        assertEquals(List.of("3"), database.query("select length(text) from note"));
    }

    @Test
    void a_failure_is_told_although_the_file_is_gone_by_then() {
        repository.script("2_broken.sql", "insert into item values (1);\n");
        MigrationListener deletes = new MigrationListener() {
            @Override
            public void beforeRevision(String name, RevisionId revision) {
                if (revision.toString().equals("2")) {
                    repository.delete("2_broken.sql");
                }
            }
        };
        MigrationFailure failure = assertThrows(
                        MigrationException.class,
                        () -> migrations().with(deletes).migrate())
                .failure();
        assertEquals("23505", failure.database().orElseThrow().sqlState().orElseThrow());
        assertEquals(1, failure.statement().orElseThrow().number());
        assertEquals(List.of("1"), database.changelog());
    }

    @Test
    void a_name_that_means_another_table_by_now_is_written_there() {
        database.execute("""
                do $$ begin execute format('alter database %I set search_path = acme, public', current_database());
                end $$""", "create schema acme", "create table public.tenant (name text)");
        database.execute("""
                create function public.enter() returns trigger language plpgsql as $$
                begin create table acme.CHANGELOG (ID numeric(20,0), APPLIED_AT varchar(25), DESCRIPTION varchar(255));
                return new; end $$""");
        database.execute("create trigger entered after insert on public.tenant for each row execute function enter()");
        database.execute(
                "create table public.CHANGELOG (ID numeric(20,0), APPLIED_AT varchar(25), DESCRIPTION varchar(255))");
        repository.script("2_b.sql", "create table b (id int);\n");
        repository.script("3_tenant.sql", "insert into tenant values ('acme');\n");
        migrations().with("missing", "ignore").migrate();
        assertEquals(List.of("1", "2"), database.query("select ID from public.CHANGELOG order by ID"));
        assertEquals(List.of("3"), database.query("select ID from acme.CHANGELOG order by ID"));
    }

    @Test
    void a_changelog_that_a_script_moves_is_written_where_it_is() {
        repository.script("2_b.sql", "create table b (id int);\n");
        repository.script(
                "3_move.sql",
                "alter table CHANGELOG rename to CHANGELOG_OLD;\ncreate table CHANGELOG (like CHANGELOG_OLD);\n");
        repository.script("4_c.sql", "create table c (id int);\n");
        migrations().migrate();
        assertEquals(List.of("1", "2"), database.query("select ID from CHANGELOG_OLD order by ID"));
        assertEquals(List.of("3", "4"), database.query("select ID from CHANGELOG order by ID"));
    }

    /** Where definitions commit, too: the file may be gone when its turn comes. */
    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void a_journaled_script_is_not_read_again(TestServer server) {
        try (TestDatabase other = server.fresh()) {
            repository.script("1_item.sql", "create table item (id int primary key);\n");
            repository.script("2_more.sql", "create table more (id int);\ninsert into more values (1);\n");
            MigrationListener deletes = new MigrationListener() {
                @Override
                public void beforeRevision(String name, RevisionId revision) {
                    if (revision.toString().equals("1")) {
                        repository.delete("2_more.sql");
                    }
                }
            };
            Migrations.of(other.dataSource())
                    .with("location", repository.location())
                    .with(deletes)
                    .migrate();
            assertEquals(List.of("1"), other.query("select id from more"));
            assertEquals(List.of("1", "2"), other.changelog());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void a_journaled_script_that_fails_goes_on_where_it_failed(TestServer server) {
        try (TestDatabase other = server.fresh()) {
            repository.script("1_item.sql", "create table item (id int primary key);\n");
            repository.script("2_more.sql", """
                    create table more (id int);
                    insert into more values (1);
                    create table last_one (id int);

                    insert into missing
                      values (1);
                    """);
            Migrations migrations = Migrations.of(other.dataSource()).with("location", repository.location());
            MigrationFailure failure =
                    assertThrows(MigrationException.class, migrations::migrate).failure();
            assertEquals(4, failure.statement().orElseThrow().number());
            assertEquals(5, failure.statement().orElseThrow().line());
            assertEquals(
                    List.of("FAILED|3"), other.query("select OUTCOME, DONE from CHANGELOG_HISTORY where REVISION = 2"));
            repository.script("2_more.sql", """
                    create table more (id int);
                    insert into more values (1);
                    create table last_one (id int);

                    insert into last_one values (1);
                    """);
            Migrations.of(other.dataSource())
                    .with("location", repository.location())
                    .migrate();
            assertEquals(List.of("1"), other.query("select id from more"));
            assertEquals(List.of("1"), other.query("select id from last_one"));
        }
    }

    /** Such a statement commits nothing, not even that the script began; or it commits that, and fails then. */
    @ParameterizedTest
    @CsvSource({
        "H2, creat table more (id int)",
        "H2, create table more (id nothing)",
        "H2, create table item (id int)",
        "MARIADB, create table more (id nothing)",
        "MARIADB, create table item (id int)",
        "HSQLDB, create table more (id nothing)",
        "HSQLDB, create table item (id int)"
    })
    void a_journaled_script_that_fails_at_once_has_one_row_that_says_so(TestServer server, String sql) {
        try (TestDatabase other = server.fresh()) {
            repository.script("1_item.sql", "create table item (id int primary key);\n");
            repository.script("2_more.sql", sql + ";\ninsert into more values (1);\n");
            Migrations migrations = Migrations.of(other.dataSource()).with("location", repository.location());
            assertThrows(MigrationException.class, migrations::migrate);
            assertEquals(
                    List.of("FAILED|0"), other.query("select OUTCOME, DONE from CHANGELOG_HISTORY where REVISION = 2"));
            repository.script("2_more.sql", "create table more (id int);\ninsert into more values (1);\n");
            Migrations.of(other.dataSource())
                    .with("location", repository.location())
                    .migrate();
            assertEquals(List.of("1"), other.query("select id from more"));
            assertEquals(List.of("1", "2"), other.changelog());
        }
    }

    /** MyBatis sends what it has read, and be it nothing: to Derby that is a mistake. */
    @Test
    void a_script_that_is_sent_whole_is_sent_once() {
        try (TestDatabase derby = TestServer.DERBY.fresh()) {
            TestRepository whole = new TestRepository(folder.resolve("whole"))
                    .environment("production", "send_full_script=true\n")
                    .script("1_item.sql", "create table item (id int)");
            Migrations.of(derby.dataSource()).with("location", whole.location()).migrate();
            assertEquals(List.of("1"), derby.changelog());
        }
    }
}
