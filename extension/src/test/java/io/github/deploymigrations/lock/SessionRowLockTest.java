package io.github.deploymigrations.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.settings.LockMode;
import io.github.deploymigrations.settings.TableName;
import io.github.deploymigrations.testing.UrlDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only HSQLDB has: three models of transactions, and sessions that not everybody sees. */
class SessionRowLockTest {

    private static MigrationLock lock(Connection working) throws Exception {
        return MigrationLocks.of(
                LockMode.AUTO, new Contender("node", "shop.war"), TableName.DEFAULT, working, () -> working);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"locks", "mvlocks", "mvcc"})
    void the_lock_stops_neither_definitions_nor_waiters(String model) throws Exception {
        UrlDataSource database =
                new UrlDataSource("jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=" + model, "SA", "");
        try (Connection holder = database.getConnection();
                Connection waiter = database.getConnection()) {
            MigrationLock.Held held = lock(holder).tryAcquire().orElseThrow();
            execute(holder, "create table T (ID int)");
            holder.setAutoCommit(false);
            execute(holder, "insert into T values (1)");
            assertEquals(Optional.empty(), lock(waiter).tryAcquire());
            assertTrue(lock(waiter).holder().isPresent());
            held.verify();
            holder.rollback();
            held.close();
            lock(waiter).tryAcquire().orElseThrow().close();
            execute(waiter, "shutdown");
        }
    }

    @Test
    void a_user_who_sees_no_sessions_is_refused() throws Exception {
        UrlDataSource database = new UrlDataSource("jdbc:hsqldb:mem:" + UUID.randomUUID(), "SA", "");
        try (Connection dba = database.getConnection()) {
            execute(dba, "create user \"app\" password 'x'");
            try (Connection user = database.getConnection("app", "x")) {
                LockFailed failed =
                        assertThrows(LockFailed.class, () -> lock(user).tryAcquire());
                assertTrue(failed.failure().describe().contains("MIGR-526"), failed.getMessage());
            }
            execute(dba, "shutdown");
        }
    }
}
