package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
