package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.ChildProcess;
import io.github.deploymigrations.testing.CutDataSource;
import io.github.deploymigrations.testing.PgBouncer;
import io.github.deploymigrations.testing.SharedConnection;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestLog;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import io.github.deploymigrations.testing.UrlDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/**
 * A real PgBouncer in front of PostgreSQL: what differs with {@code pool_mode=transaction}, where each transaction may have
 * another session, and that nothing does with {@code session}. Races and deaths are in the tests of all databases.
 */
class PoolerTest {
    private static final String LOCKS = "select count(*) from pg_locks where locktype = 'advisory'";

    @TempDir
    private Path folder;

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource()).with("location", "file:" + folder);
    }

    private TestRepository repository() {
        return new TestRepository(folder).script("1_create.sql", "create table t (id int);\n");
    }

    @Test
    void a_pooler_is_seen_and_the_lock_is_of_a_transaction() {
        repository();
        try (TestDatabase database = TestServer.PGBOUNCER.fresh();
                TestLog log = TestLog.open()) {
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(database).migrate().status());
            assertEquals(1, log.of("MIGR-540").size());
            assertEquals(List.of("0"), database.query(LOCKS));
        }
    }

    @Test
    void without_a_pooler_nothing_is_said_of_one() {
        repository();
        try (TestDatabase database = TestServer.POSTGRESQL.fresh();
                TestLog log = TestLog.open()) {
            migrations(database).migrate();
            assertEquals(List.of(), log.of("MIGR-540"));
        }
    }

    /** As in a rollout that takes the pooler into use: they must not both migrate. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_comes_by_the_pooler_and_who_does_not_keep_each_other_off(boolean holderIsPooled) throws Exception {
        repository().script("2_more.sql", "create table u (id int);\n");
        Path go = Files.createFile(folder.resolve("go"));
        try (TestDatabase pooled = TestServer.PGBOUNCER.fresh()) {
            TestDatabase direct = PgBouncer.without(pooled);
            TestDatabase holder = holderIsPooled ? pooled : direct;
            Migrations waiter = migrations(holderIsPooled ? direct : pooled);
            try (ChildProcess child = ChildProcess.start(
                    RunningProcess.class,
                    holder.url(),
                    holder.user(),
                    holder.password(),
                    "file:" + folder,
                    go.toString(),
                    String.valueOf(calls() / 2),
                    "true")) {
                child.awaitLine("at the point");
                MigrationException kept = assertThrows(
                        MigrationException.class,
                        () -> waiter.with("lock-timeout", "1s").migrate());
                assertEquals("MIGR-521", kept.failure().explanation().code(), kept.getMessage());
                child.kill();
                assertEquals(
                        MigrationStatus.UP_TO_DATE,
                        waiter.with("lock-timeout", "10s").migrate().status());
            }
            assertEquals(List.of("1", "2"), direct.changelog());
            assertEquals(List.of("0"), direct.query(LOCKS));
        }
    }

    private int calls() {
        try (TestDatabase database = TestServer.PGBOUNCER.fresh()) {
            CutDataSource counting = new CutDataSource(database.dataSource(), 0, false);
            Migrations.of(counting).with("location", "file:" + folder).migrate();
            return counting.calls();
        }
    }

    @Test
    void an_advisory_lock_is_refused_where_it_would_stay_with_the_pooler() {
        repository();
        try (TestDatabase database = TestServer.PGBOUNCER.fresh()) {
            MigrationException refused = assertThrows(
                    MigrationException.class,
                    () -> migrations(database).with("lock", "advisory").migrate());
            assertEquals("MIGR-541", refused.failure().explanation().code(), refused.getMessage());
            assertEquals(List.of("0"), database.query(LOCKS));
            assertEquals(List.of("0"), database.query("select count(*) from pg_tables where schemaname = 'public'"));
        }
    }

    @Test
    void a_schema_is_refused_unless_the_database_sets_it() {
        repository();
        try (TestDatabase database = TestServer.PGBOUNCER.fresh()) {
            database.execute("create schema shop");
            Migrations migrations = migrations(database).with("schema", "shop");
            MigrationException refused = assertThrows(MigrationException.class, migrations::migrate);
            assertEquals("MIGR-350", refused.failure().explanation().code(), refused.getMessage());
            assertEquals(List.of("0"), database.query("select count(*) from pg_tables where schemaname = 'shop'"));
        }
    }

    @Test
    void a_schema_that_the_database_sets_is_worked_in() {
        repository();
        try (TestDatabase database = TestServer.PGBOUNCER.fresh()) {
            TestDatabase direct = PgBouncer.without(database);
            direct.execute("create schema shop");
            direct.execute("alter database "
                    + direct.query("select current_database()").get(0) + " set search_path = shop");
            assertEquals(
                    MigrationStatus.UP_TO_DATE,
                    migrations(database).with("schema", "shop").migrate().status());
            assertEquals(List.of("1"), direct.query("select count(*) from shop.CHANGELOG"));
        }
    }

    /** As each dump of PostgreSQL does. */
    @Test
    void what_a_script_sets_is_found_by_nobody_else() {
        repository().script("2_dump.sql", """
                        set statement_timeout = 12345;
                        select pg_catalog.set_config('search_path', '', false);
                        set client_min_messages = warning;
                        create table public.u (id int);
                        """);
        try (TestDatabase database = TestServer.PGBOUNCER.fresh()) {
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(database).migrate().status());
            for (int session = 0; session < 5; session++) {
                assertEquals(
                        List.of("\"$user\", public|0|notice"),
                        database.query("select current_setting('search_path'), current_setting('statement_timeout'),"
                                + " current_setting('client_min_messages')"));
            }
        }
    }

    @Test
    void a_script_that_sets_something_and_is_no_transaction_is_warned_of() {
        repository().script("2_set.sql", "-- @NO_TRANSACTION\nset work_mem = '8MB';\ncreate table u (id int);\n");
        try (TestDatabase database = TestServer.PGBOUNCER.fresh()) {
            MigrationReport report = migrations(database).migrate();
            assertEquals(MigrationStatus.UP_TO_DATE, report.status());
            String warning = report.warnings().get(0).toString();
            assertTrue(warning.startsWith("MIGR-351 ") && warning.contains("2_set.sql"), warning);
        }
    }

    /** The driver names what it repeats, and another session does not know the name; so it is kept from that. */
    @Test
    void many_scripts_run_although_the_url_does_not_say_prepareThreshold() {
        TestRepository repository = repository();
        for (int id = 2; id <= 20; id++) {
            repository.script(id + "_rows.sql", "insert into t values (" + id + ");\ninsert into t values (0);\n");
        }
        try (TestDatabase database = TestServer.PGBOUNCER.fresh()) {
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(database).migrate().status());
            assertEquals(List.of("38"), database.query("select count(*) from t"));
        }
    }

    @Test
    void the_driver_is_given_back_as_it_came() throws Exception {
        repository();
        try (TestDatabase database = TestServer.PGBOUNCER.fresh();
                Connection connection = database.dataSource().getConnection()) {
            PGConnection driver = connection.unwrap(PGConnection.class);
            driver.setPrepareThreshold(7);
            Migrations.of(new SharedConnection(connection, database.dataSource()))
                    .with("location", "file:" + folder)
                    .migrate();
            assertEquals(7, driver.getPrepareThreshold());
        }
    }

    /** It waits for each transaction that has a snapshot, and the lock's is open all the time. */
    @Test
    void an_index_is_created_concurrently_beside_the_transaction_of_the_lock() {
        repository().script("2_index.sql", "-- @NO_TRANSACTION\ncreate index concurrently i on t (id);\n");
        try (TestDatabase database = TestServer.PGBOUNCER.fresh()) {
            assertEquals(
                    MigrationStatus.UP_TO_DATE,
                    migrations(database).with("timeout", "30s").migrate().status());
        }
    }

    @Test
    void a_pool_of_one_connection_is_told_what_is_missing() throws Exception {
        repository();
        try (TestDatabase database = TestServer.PGBOUNCER.fresh();
                Connection only = database.dataSource().getConnection()) {
            SharedConnection pool =
                    new SharedConnection(only, new UrlDataSource("jdbc:postgresql://127.0.0.1:1/none", "nobody", ""));
            MigrationException refused = assertThrows(
                    MigrationException.class,
                    () -> Migrations.of(pool)
                            .with("location", "file:" + folder)
                            .with("retries", "0")
                            .migrate());
            assertEquals("MIGR-523", refused.failure().explanation().code(), refused.getMessage());
        }
    }

    @Test
    void a_pool_that_keeps_sessions_is_as_good_as_none() {
        repository();
        try (PgBouncer pooler = PgBouncer.start("session");
                TestDatabase database = pooler.to(TestServer.POSTGRESQL.fresh())) {
            database.execute("create schema shop");
            assertEquals(
                    MigrationStatus.UP_TO_DATE,
                    migrations(database)
                            .with("schema", "shop")
                            .with("lock", "advisory")
                            .migrate()
                            .status());
            assertEquals(List.of("1"), database.query("select count(*) from shop.CHANGELOG"));
            assertEquals(List.of("0"), database.query(LOCKS));
        }
    }
}
