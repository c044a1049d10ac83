package io.github.deploymigrations.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.settings.LockMode;
import io.github.deploymigrations.settings.TableName;
import io.github.deploymigrations.testing.BrokenOnce;
import io.github.deploymigrations.testing.SharedConnection;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import io.github.deploymigrations.testing.UrlDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pools of one connection. */
class SecondConnectionTest {

    private static MigrationLock lock(LockMode mode, Connection working, ConnectionSource another) throws Exception {
        return MigrationLocks.of(mode, new Contender("node", "shop.war"), TableName.DEFAULT, working, another);
    }

    private static String failure(TestServer server, LockMode mode, ConnectionSource another) throws Exception {
        try (TestDatabase database = server.fresh();
                Connection working = database.dataSource().getConnection()) {
            long start = System.nanoTime();
            LockFailed failed = assertThrows(
                    LockFailed.class, () -> lock(mode, working, another).tryAcquire());
            assertTrue(System.nanoTime() - start < 6_000_000_000L, "not the minute that the pool would wait");
            assertTrue(working.getAutoCommit());
            return failed.failure().describe();
        }
    }

    @Test
    void a_row_lock_fails_soon_when_the_pool_has_one_connection() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        String text = failure(TestServer.H2, LockMode.AUTO, () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
            throw new SQLException("ended");
        });
        never.countDown();
        assertTrue(text.contains("MIGR-523") && text.contains("did not give one in 3000 ms"), text);
        assertTrue(text.contains("Let the pool have two connections."), text);
    }

    @Test
    void a_pool_that_fails_by_itself_is_quoted_and_the_other_lock_recommended() throws Exception {
        String text = failure(TestServer.POSTGRESQL, LockMode.ROW, () -> {
            throw new SQLTransientConnectionException("pool exhausted");
        });
        assertTrue(text.contains("pool exhausted"), text);
        assertTrue(text.contains("Let the pool have two connections, or set lock to auto."), text);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_database_that_went_away_is_not_taken_for_a_small_pool(TestServer server) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (TestDatabase database = server.fresh()) {
            ConnectionSource refused = () -> {
                BrokenOnce.endAllOthers(database);
                throw new SQLTransientConnectionException("refused");
            };
            ConnectionSource silent = () -> {
                BrokenOnce.endAllOthers(database);
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new SQLException(e);
                }
                throw new SQLException("ended");
            };
            for (ConnectionSource another : List.of(refused, silent)) {
                try (Connection working = database.dataSource().getConnection()) {
                    MigrationLock lock = lock(LockMode.ROW, working, another);
                    SQLException thrown = assertThrows(SQLException.class, lock::tryAcquire);
                    assertTrue(Errors.isTransient(thrown), thrown::toString);
                    assertTrue(thrown.getMessage().contains("did not give one"), thrown::getMessage);
                }
            }
        } finally {
            never.countDown();
        }
    }

    @Test
    void a_pool_that_gives_the_same_connection_twice_is_found_out() throws Exception {
        try (TestDatabase database = TestServer.H2.fresh();
                Connection real = database.dataSource().getConnection()) {
            Connection shared = new SharedConnection(real, database.dataSource()).getConnection();
            MigrationLock lock = lock(LockMode.AUTO, shared, () -> shared);
            LockFailed failed = assertThrows(LockFailed.class, lock::tryAcquire);
            assertTrue(failed.failure().describe().contains("gave the one again"), failed.getMessage());
            assertTrue(real.getAutoCommit());
        }
    }

    @Test
    void an_advisory_lock_needs_no_second_connection() throws Exception {
        for (TestServer server : List.of(TestServer.POSTGRESQL, TestServer.MARIADB, TestServer.HSQLDB)) {
            try (TestDatabase database = server.fresh();
                    Connection working = database.dataSource().getConnection()) {
                ConnectionSource none = () -> {
                    throw new AssertionError("asked for a second connection");
                };
                lock(LockMode.AUTO, working, none).tryAcquire().orElseThrow().close();
            }
        }
    }

    @Test
    void advisory_locks_are_refused_by_name_where_there_are_none() throws Exception {
        try (TestDatabase database = new TestDatabase();
                Connection working = database.dataSource().getConnection()) {
            LockFailed failed = assertThrows(LockFailed.class, () -> lock(LockMode.ADVISORY, working, () -> working));
            assertEquals(
                    "MIGR-524 lock is advisory, and H2 has no advisory locks.",
                    failed.failure().explanation().toString());
        }
    }

    @Test
    void a_user_who_may_not_make_the_table_is_told_how_it_is_made() throws Exception {
        try (TestDatabase database = new TestDatabase()) {
            database.execute("create user READER password 'x'");
            // the option in the URL is for administrators
            ConnectionSource reader =
                    new UrlDataSource(database.url().replaceAll(";.*", ""), "READER", "x")::getConnection;
            try (Connection working = reader.open()) {
                LockFailed failed = assertThrows(
                        LockFailed.class,
                        () -> lock(LockMode.AUTO, working, reader).tryAcquire());
                String text = failed.failure().describe();
                assertTrue(text.contains("MIGR-525") && text.contains("create table CHANGELOG_LOCK ("), text);
            }
        }
    }

    @Test
    void a_user_who_may_only_read_sees_no_holder_and_does_not_fail() throws Exception {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh();
                LockUser holder = new LockUser(database, LockMode.ROW, "CHANGELOG", "node-1");
                MigrationLock.Held held = holder.tryAcquire().orElseThrow()) {
            database.execute("create role LOCK_READER login", "grant select on CHANGELOG_LOCK to LOCK_READER");
            held.verify();
            ConnectionSource reader = new UrlDataSource(database.url(), "lock_reader", "")::getConnection;
            try (Connection working = reader.open()) {
                assertTrue(lock(LockMode.ROW, working, reader).holder().isEmpty());
            }
            database.execute("drop owned by LOCK_READER", "drop role LOCK_READER");
        }
    }

    @Test
    void a_connection_that_is_gone_is_not_told_as_a_table_that_cannot_be_made() throws Exception {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh();
                Connection working = database.dataSource().getConnection()) {
            MigrationLock lock =
                    lock(LockMode.ROW, working, () -> database.dataSource().getConnection());
            database.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                    + " and pid <> pg_backend_pid()");
            assertTrue(Errors.isConnectionLost(assertThrows(SQLException.class, lock::tryAcquire)));
        }
    }
}
