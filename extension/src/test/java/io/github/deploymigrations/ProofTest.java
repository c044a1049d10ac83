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
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What proves that the statement in doubt took effect: that exactly what it makes or drops has come or gone. What somebody
 * else changes between a crash and the next start proves nothing.
 */
class ProofTest {
    private static final List<TestServer> SERVERS =
            List.of(TestServer.H2, TestServer.MARIADB, TestServer.POSTGRESQL, TestServer.HSQLDB);

    @TempDir
    private Path folder;

    /**
     * A statement in doubt.
     *
     * @param sql of it
     * @param back what makes it as if it had not taken effect
     * @param foreign what somebody else does meanwhile
     * @param again what would fail if it had run twice or not at all
     */
    private record Doubtful(String sql, String back, String foreign, String again) {
        @Override
        public String toString() {
            return sql + " while " + foreign;
        }
    }

    private static Stream<Arguments> effectless() {
        List<Doubtful> doubtful = List.of(
                new Doubtful(
                        "alter table t add column c int",
                        "alter table t drop column c",
                        "alter table t add column f int",
                        "insert into t (id, c) values (9, 9)"),
                new Doubtful(
                        "alter table t drop column old",
                        "alter table t add column old int",
                        "alter table t add column f int",
                        "alter table t add column old int"),
                new Doubtful(
                        "create index t_i on t (id)",
                        "DROP INDEX t_i",
                        "alter table t add column f int",
                        "DROP INDEX t_i"),
                new Doubtful(
                        "create index t_i on t (id)",
                        "DROP INDEX t_i",
                        "create index t_foreign on t (old)",
                        "DROP INDEX t_i"),
                new Doubtful(
                        "drop table t",
                        "create table t (id int, other int)",
                        "insert into u values (9)",
                        "create table t (id int)"),
                new Doubtful(
                        "create table if not exists u (id int)",
                        "insert into u values (8)",
                        "alter table u add column f int",
                        "insert into u (id, f) values (9, 9)"));
        return on(doubtful);
    }

    private static Stream<Arguments> contradictions() {
        return on(List.of(
                new Doubtful("alter table t add column c int", "drop table t", "insert into u values (9)", ""),
                new Doubtful("create index t_i on t (id)", "drop table t", "insert into u values (9)", ""),
                new Doubtful("alter table t drop column old", "drop table t", "insert into u values (9)", ""),
                new Doubtful(
                        "create table n (id int, name varchar(20), primary key (id))",
                        "drop table n",
                        "create table n (id int, other int)",
                        ""),
                new Doubtful("create table if not exists u (id int)", "insert into u values (8)", "drop table u", "")));
    }

    private static Stream<Arguments> effective() {
        return on(List.of(
                new Doubtful(
                        "alter table t add column c int",
                        "",
                        "alter table t add column f int",
                        "insert into t (id, c) values (9, 9)"),
                new Doubtful(
                        "create table n (\n  id int, -- a, comment\n  amount decimal(10, 2) default 0,\n"
                                + "  name varchar(20) default ',)', primary key (id))",
                        "",
                        "insert into u values (9)",
                        "insert into n (id, amount, name) values (1, 1, 'x')"),
                new Doubtful(
                        "create unique index t_i on t (id)", "", "alter table t add column f int", "DROP INDEX t_i"),
                new Doubtful("drop table if exists t", "", "insert into u values (9)", "create table t (id int)")));
    }

    private static Stream<Arguments> on(List<Doubtful> doubtful) {
        return SERVERS.stream().flatMap(server -> doubtful.stream().map(each -> Arguments.of(server, each)));
    }

    private Migrations migrations(DataSource dataSource) {
        return Migrations.of(dataSource)
                .with("location", "file:" + folder)
                .with("connect-timeout", "5s")
                .with("retries", "0");
    }

    private static void execute(TestServer server, TestDatabase database, String sql) {
        if (!sql.isEmpty()) {
            database.execute(server == TestServer.MARIADB ? sql.replace("DROP INDEX t_i", "drop index t_i on t") : sql);
        }
    }

    /** The process dies when the statement took effect, and before anybody could write that down. */
    private void die(TestServer server, TestDatabase database, Doubtful doubtful) {
        new TestRepository(folder)
                .script("1_t.sql", "create table t (id int, old int);\ncreate table u (id int);\n")
                .script(
                        "2_odd.sql",
                        "-- @NO_TRANSACTION\ncreate table first (id int);\n" + doubtful.sql
                                + ";\ninsert into first values (1);\n");
        int call;
        try (TestDatabase rehearsal = server.fresh()) {
            CutDataSource counting = new CutDataSource(rehearsal.dataSource(), 0, false);
            migrations(counting).migrate();
            call = counting.callOf(doubtful.sql.lines().findFirst().orElseThrow());
        }
        assertThrows(
                MigrationException.class,
                () -> migrations(new CutDataSource(database.dataSource(), call, true))
                        .migrate());
    }

    /** The process dies behind the second index, when the history knows of the table and both indexes by one note. */
    private void dieBehindTheSecondIndex(TestServer server, TestDatabase database) {
        new TestRepository(folder).script("1_t.sql", indexed("create index t_old on t (old)"));
        int call;
        try (TestDatabase rehearsal = server.fresh()) {
            CutDataSource counting = new CutDataSource(rehearsal.dataSource(), 0, false);
            migrations(counting).migrate();
            call = counting.callOf("create index t_old on t (old)");
        }
        assertThrows(
                MigrationException.class,
                () -> migrations(new CutDataSource(database.dataSource(), call, true))
                        .migrate());
    }

    private static String indexed(String third) {
        return "create table t (id int, old int);\ncreate index t_i on t (id);\n" + third
                + ";\ninsert into t values (1, 1);\n";
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void a_table_and_its_indexes_that_took_effect_do_not_run_again(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            dieBehindTheSecondIndex(server, database);
            migrations(database.dataSource()).migrate();
            assertEquals(List.of("1"), database.query("select id from t"));
            execute(server, database, "DROP INDEX t_i");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void of_indexes_the_first_that_is_not_there_runs_next(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            dieBehindTheSecondIndex(server, database);
            database.execute("drop index t_old" + (server == TestServer.MARIADB ? " on t" : ""));
            new TestRepository(folder).script("1_t.sql", indexed("create index t_new on t (old)"));
            migrations(database.dataSource()).migrate();
            assertEquals(List.of("1"), database.query("select id from t"));
            database.execute("drop index t_new" + (server == TestServer.MARIADB ? " on t" : ""));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void an_index_that_took_effect_and_was_edited_is_refused_by_its_number(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            dieBehindTheSecondIndex(server, database);
            new TestRepository(folder).script("1_t.sql", indexed("create index t_new on t (old)"));
            MigrationException refused = assertThrows(
                    MigrationException.class,
                    () -> migrations(database.dataSource()).migrate());
            String message = refused.failure().explanation().toString();
            assertEquals("MIGR-412", refused.failure().explanation().code(), message);
            assertTrue(
                    message.contains("its first 2 of 4 statements are in the database; whether statement 3"), message);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("effectless")
    void a_statement_that_took_no_effect_runs_again_whatever_somebody_else_has_changed(
            TestServer server, Doubtful doubtful) {
        try (TestDatabase database = server.fresh()) {
            die(server, database, doubtful);
            execute(server, database, doubtful.back);
            execute(server, database, doubtful.foreign);
            migrations(database.dataSource()).migrate();
            assertEquals(List.of("1"), database.query("select id from first"));
            execute(server, database, doubtful.again);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("contradictions")
    void what_contradicts_the_statement_is_no_proof_and_refused(TestServer server, Doubtful doubtful) {
        try (TestDatabase database = server.fresh()) {
            die(server, database, doubtful);
            execute(server, database, doubtful.back);
            execute(server, database, doubtful.foreign);
            MigrationException refused = assertThrows(
                    MigrationException.class,
                    () -> migrations(database.dataSource()).migrate());
            assertEquals("MIGR-412", refused.failure().explanation().code(), refused.getMessage());
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("effective")
    void a_statement_that_took_effect_does_not_run_again(TestServer server, Doubtful doubtful) {
        try (TestDatabase database = server.fresh()) {
            die(server, database, doubtful);
            execute(server, database, doubtful.foreign);
            migrations(database.dataSource()).migrate();
            assertEquals(List.of("1"), database.query("select id from first"));
            execute(server, database, doubtful.again);
        }
    }
}
