package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.testing.SharedConnection;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import io.github.deploymigrations.testing.UrlDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What would go wrong is told at once, before anything is locked or written; and nothing that would go well is refused. */
class PreflightTest {
    private final String user = "app" + UUID.randomUUID().toString().substring(0, 8);
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder).table("1", "a");
    }

    private Migrations of(DataSource dataSource) {
        return Migrations.of(dataSource).with("location", repository.location());
    }

    private static DataSource as(TestDatabase database, String user) {
        return new UrlDataSource(database.url(), user, "secret");
    }

    private static String name(TestDatabase database) {
        return database.url().replaceFirst(".*/", "").replaceFirst("\\?.*", "");
    }

    private static MigrationFailure failure(Migrations migrations) {
        return assertThrows(MigrationException.class, migrations::migrate).failure();
    }

    private static List<String> codes(List<Problem> problems) {
        return problems.stream().map(problem -> problem.explanation().code()).toList();
    }

    private static List<String> warnings(MigrationReport report) {
        return report.warnings().stream().map(Explanation::code).toList();
    }

    private static void assertTold(MigrationFailure failure, String code, String... parts) {
        assertEquals(code, failure.explanation().code(), failure.describe());
        for (String part : parts) {
            assertTrue(failure.describe().contains(part), failure.describe());
        }
    }

    private static void assertUntouched(TestDatabase database) {
        for (String table : List.of("CHANGELOG", "CHANGELOG_HISTORY", "CHANGELOG_LOCK")) {
            assertThrows(AssertionError.class, () -> database.query("select * from " + table));
        }
    }

    /** A user who may read and change rows, and make nothing. */
    private void withUser(TestServer server, TestDatabase database, Consumer<DataSource> work) {
        String host = server == TestServer.MARIADB ? "@localhost" : "";
        database.execute(
                server == TestServer.POSTGRESQL
                        ? "create role " + user + " login password 'secret'"
                        : "create user " + user + host + " identified by 'secret'");
        if (server == TestServer.POSTGRESQL) {
            // what PostgreSQL 15 does by itself
            database.execute("revoke create on schema public from public");
        } else {
            database.execute("grant select, insert, update, delete on `"
                    + name(database).replace("_", "\\_") + "`.* to " + user + host);
        }
        try {
            work.accept(as(database, user));
        } finally {
            if (server == TestServer.POSTGRESQL) {
                database.execute("drop owned by " + user);
            }
            database.execute((server == TestServer.POSTGRESQL ? "drop role " : "drop user ") + user + host);
        }
    }

    private void grantRows(TestServer server, TestDatabase database) {
        if (server == TestServer.POSTGRESQL) {
            database.execute("grant select, insert, update, delete on all tables in schema public to " + user);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void who_may_make_no_table_is_told_the_grant_before_anything_is_locked(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            withUser(server, database, dataSource -> {
                assertTold(
                        failure(of(dataSource)),
                        "MIGR-341",
                        user,
                        "CHANGELOG_HISTORY",
                        server == TestServer.POSTGRESQL
                                ? "grant create on schema public to " + user
                                : "grant create, alter, drop, index, references on `" + name(database) + "`.* to '"
                                        + user + "'@'localhost'");
                assertUntouched(database);
            });
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_script_that_makes_a_table_is_not_begun_by_who_may_not(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            of(database.dataSource()).migrate();
            repository.table("2", "b");
            withUser(server, database, dataSource -> {
                grantRows(server, database);
                assertTold(failure(of(dataSource)), "MIGR-341", "b of ", "2_create_b.sql");
                assertEquals(List.of("1"), database.changelog());
                assertEquals(List.of("1"), database.query("select count(*) from CHANGELOG_HISTORY"));
            });
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void who_changes_rows_alone_needs_no_more_than_that(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            of(database.dataSource()).migrate();
            repository.script("2_fill_a.sql", "insert into a values (1);\n");
            withUser(server, database, dataSource -> {
                grantRows(server, database);
                assertEquals(List.of(), warnings(of(dataSource).migrate()));
            });
            assertEquals(List.of("1", "2"), database.changelog());
        }
    }

    @Test
    void on_PostgreSQL_a_script_that_takes_another_role_is_not_refused() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            of(database.dataSource()).migrate();
            repository.script("2_b.sql", "set role " + user + "_owner;\ncreate table b (id int);\nreset role;\n");
            withUser(TestServer.POSTGRESQL, database, dataSource -> {
                database.execute(
                        "create role " + user + "_owner",
                        "grant create, usage on schema public to " + user + "_owner",
                        "grant " + user + "_owner to " + user,
                        "alter role " + user + " noinherit");
                grantRows(TestServer.POSTGRESQL, database);
                of(dataSource).migrate();
                assertEquals(List.of("1", "2"), database.changelog());
                repository.table("3", "c").environment("production", "hook_before_up=SQL:role.sql\n");
                repository.hook("role.sql", "set role " + user + "_owner;\n");
                database.execute("grant all on all tables in schema public to " + user + "_owner");
                of(dataSource).migrate();
                assertEquals(List.of("1", "2", "3"), database.changelog());
                database.execute("drop owned by " + user + "_owner", "drop role " + user + "_owner");
            });
        }
    }

    @Test
    void on_PostgreSQL_a_script_that_makes_the_schema_in_which_its_tables_are_is_not_refused() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            of(database.dataSource()).migrate();
            repository.script("2_b.sql", "create schema " + user + ";\ncreate table b (id int);\n");
            withUser(TestServer.POSTGRESQL, database, dataSource -> {
                grantRows(TestServer.POSTGRESQL, database);
                database.execute("grant create on database " + name(database) + " to " + user);
                of(dataSource).migrate();
                assertEquals(List.of(), database.query("select * from " + user + ".b"));
            });
        }
    }

    @Test
    void on_PostgreSQL_a_right_of_a_role_that_is_inherited_counts() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            withUser(TestServer.POSTGRESQL, database, dataSource -> {
                database.execute(
                        "create role " + user + "_owner",
                        "grant create, usage on schema public to " + user + "_owner",
                        "grant " + user + "_owner to " + user);
                assertEquals(List.of(), warnings(of(dataSource).migrate()));
                database.execute("drop owned by " + user + "_owner", "drop role " + user + "_owner");
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void on_MariaDB_whoever_may_by_any_way_is_not_refused(Way way) {
        try (TestDatabase database = TestServer.MARIADB.fresh()) {
            withUser(TestServer.MARIADB, database, dataSource -> {
                String name = name(database);
                String role = user + "_role";
                database.execute("create role " + role);
                try {
                    switch (way) {
                        case PATTERN ->
                            // of two that match, MariaDB takes the more exact one alone
                            database.execute(
                                    "revoke all privileges on " + name + ".* from " + user + "@localhost",
                                    "grant all on `" + name.substring(0, 30) + "%`.* to " + user + "@localhost");
                        case SERVER -> database.execute("grant create on *.* to " + user + "@localhost");
                        case TABLES ->
                            database.execute(
                                    "grant create on " + name + ".CHANGELOG to " + user + "@localhost",
                                    "grant create on " + name + ".CHANGELOG_HISTORY to " + user + "@localhost",
                                    "grant create on " + name + ".a to " + user + "@localhost");
                        case EVERYBODY -> database.execute("grant create on " + name + ".* to public");
                        case ROLE ->
                            database.execute(
                                    "grant create on " + name + ".* to " + role,
                                    "grant " + role + " to " + user + "@localhost",
                                    "set default role " + role + " for " + user + "@localhost");
                    }
                    assertEquals(List.of(), warnings(of(dataSource).migrate()));
                } finally {
                    database.execute("drop role " + role);
                    if (way == Way.EVERYBODY) {
                        database.execute("revoke create on " + name + ".* from public");
                    }
                }
            });
        }
    }

    /** How a right reaches a user of MariaDB. */
    private enum Way {
        PATTERN,
        SERVER,
        TABLES,
        EVERYBODY,
        ROLE
    }

    @Test
    void on_PostgreSQL_scripts_that_open_a_closed_database_for_themselves_are_not_refused() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            of(database.dataSource()).migrate();
            database.execute("alter database " + name(database) + " set default_transaction_read_only = on");
            repository.table("2", "b");
            assertTold(failure(of(database.dataSource())), "MIGR-315", "default_transaction_read_only");
            repository
                    .delete("2_create_b.sql")
                    .script("2_b.sql", "set transaction read write;\ncreate table b (id int);\n");
            of(database.dataSource()).migrate();
            assertEquals(List.of("1", "2"), database.changelog());
        }
    }

    @Test
    void on_PostgreSQL_a_standby_is_told_as_one_whatever_its_scripts_set() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            database.execute(
                    "create schema fake",
                    "create function fake.pg_is_in_recovery() returns boolean language sql as 'select true'");
            repository.script("1_create_a.sql", "set transaction read write;\ncreate table a (id int);\n");
            String url = database.url() + "?options=-c%20search_path=fake,pg_catalog,public";
            assertTold(failure(of(new UrlDataSource(url, database.user(), ""))), "MIGR-315", "it is a standby");
        }
    }

    @Test
    void on_PostgreSQL_a_DataSource_of_read_only_connections_is_told() throws SQLException {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh();
                Connection pooled = database.dataSource().getConnection()) {
            pooled.setReadOnly(true);
            assertTold(
                    failure(of(new SharedConnection(pooled, database.dataSource()))),
                    "MIGR-315",
                    "the DataSource gives read-only connections");
            assertUntouched(database);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_limit_of_the_database_below_timeout_is_a_warning(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            String url = database.url()
                    + (server == TestServer.POSTGRESQL
                            ? "?options=-c%20statement_timeout=70s"
                            : "&sessionVariables=max_statement_time=70");
            DataSource limited = new UrlDataSource(url, database.user(), "");
            MigrationReport report = of(limited).with("timeout", "2m").migrate();
            assertEquals(List.of("MIGR-343"), warnings(report));
            String what = report.warnings().get(0).what();
            assertTrue(what.contains("1 min 10 s") && what.contains("timeout is 2 min"), what);
            assertEquals(List.of(), warnings(of(limited).with("timeout", "2m").migrate()), "there is nothing to do");
            repository.table("2", "b");
            assertEquals(List.of(), warnings(of(limited).with("timeout", "1m").migrate()));
            repository.table("3", "c");
            assertEquals(List.of("MIGR-343"), warnings(of(limited).migrate()), "there is no timeout of ours");
        }
    }

    @Test
    void a_limit_of_the_DataSource_is_told_as_that() {
        try (TestDatabase database = TestServer.H2.fresh()) {
            DataSource limited = new UrlDataSource(
                    database.url().replaceFirst(";.*", "") + ";QUERY_TIMEOUT=5000", database.user(), "");
            MigrationReport report = of(limited).migrate();
            assertEquals(List.of("MIGR-343"), warnings(report));
            assertTrue(report.warnings().get(0).what().contains("the query timeout of the DataSource"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void clocks_that_are_far_apart_are_a_warning(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            String url = database.url();
            if (server == TestServer.POSTGRESQL) {
                database.execute(
                        "create schema fake",
                        "create function fake.clock_timestamp() returns timestamptz language sql as"
                                + " 'select pg_catalog.clock_timestamp() - interval ''5 minutes 30 seconds'''");
                url += "?options=-c%20search_path=fake,pg_catalog,public";
            } else {
                url += "&sessionVariables=timestamp=" + (System.currentTimeMillis() / 1000 + 330);
            }
            repository.delete("1_create_a.sql").script("1_a.sql", "create table if not exists " + "a (id int);\n");
            MigrationReport report =
                    of(new UrlDataSource(url, database.user(), "")).migrate();
            assertEquals(List.of("MIGR-344"), warnings(report));
            String apart = server == TestServer.POSTGRESQL ? "5 min behind" : "5 min ahead of";
            assertTrue(report.warnings().get(0).what().contains(apart), report.warnings()::toString);
        }
    }

    @Test
    void a_program_of_the_backup_that_is_not_there_is_told_with_its_name(@TempDir Path backups) {
        try (TestDatabase database = new TestDatabase()) {
            Migrations migrations = of(database.dataSource()).with("backup-directory", backups.toString());
            for (String program : List.of("no-such-program-at-all", "/nowhere/pg_dump", backups.toString())) {
                assertTold(failure(migrations.with("backup", program + " {file}")), "MIGR-345", program + ",");
            }
            assertUntouched(database);
            migrations.with("backup", "sh -c 'echo x > \"$0\"' {file}").migrate();
            assertEquals(
                    MigrationStatus.UP_TO_DATE,
                    migrations
                            .with("backup", "no-such-program {file}")
                            .migrate()
                            .status(),
                    "nothing is to be done");
        }
    }

    @Test
    void everything_that_is_wrong_is_one_message(@TempDir Path backups) {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            withUser(TestServer.POSTGRESQL, database, dataSource -> {
                database.execute("alter role " + user + " set default_transaction_read_only = on");
                MigrationFailure failure = failure(of(poolOfOne(dataSource))
                        .with("lock", "row")
                        .with("backup", "no-such-program-at-all {file}")
                        .with("backup-directory", backups.toString()));
                assertEquals("MIGR-340", failure.explanation().code());
                assertEquals(List.of("MIGR-315", "MIGR-341", "MIGR-345", "MIGR-523"), codes(failure.problems()));
                String text = failure.describe();
                assertTrue(text.startsWith("MIGR-340 Nothing was begun, as 4 things would"), text);
                for (String what : List.of("primary, not a replica", "grant create", "PATH", "two connections")) {
                    assertTrue(text.contains(what), text);
                }
                assertUntouched(database);
            });
        }
    }

    @Test
    void what_the_plan_refuses_is_told_with_it() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            repository.table("2", "b");
            of(database.dataSource()).migrate();
            repository.table("3", "c").script("1_create_a.sql", "create table a (id bigint);\n");
            database.execute("alter database " + name(database) + " set default_transaction_read_only = on");
            assertEquals(
                    List.of("MIGR-407", "MIGR-315"),
                    codes(failure(of(database.dataSource())).problems()));
        }
    }

    /** It has none for who asks again. */
    private static DataSource poolOfOne(DataSource real) {
        try {
            return new SharedConnection(real.getConnection(), new UrlDataSource("jdbc:none:", "", ""));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_node_that_may_not_waits_for_one_that_may_and_is_at_work(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            of(database.dataSource()).migrate();
            String sleep = server == TestServer.POSTGRESQL ? "pg_sleep" : "sleep";
            repository.script("2_b.sql", "create table b (id int);\nselect " + sleep + "(3);\n");
            withUser(server, database, dataSource -> {
                grantRows(server, database);
                CompletableFuture<MigrationReport> other = CompletableFuture.supplyAsync(
                        () -> of(database.dataSource()).migrate());
                while (of(database.dataSource()).status().running().isEmpty()) {
                    assertFalse(other.isDone());
                }
                assertEquals(Map.of(), of(dataSource).migrate().appliedNow());
                assertEquals(1, other.join().appliedNow().size());
            });
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void validate_and_plan_only_warn_as_somebody_else_may_apply_it(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            of(database.dataSource()).migrate();
            repository.table("2", "b");
            withUser(server, database, dataSource -> {
                grantRows(server, database);
                MigrationReport plan = of(dataSource).plan();
                assertEquals(1, plan.plan().orElseThrow().scripts().size());
                assertEquals(List.of("MIGR-341"), warnings(plan));
                MigrationException thrown = assertThrows(
                        MigrationException.class, () -> of(dataSource).validate());
                assertEquals("MIGR-404", thrown.failure().explanation().code());
                assertEquals(List.of("MIGR-341"), warnings(thrown.report()));
            });
        }
    }
}
