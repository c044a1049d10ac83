package io.github.deploymigrations.lock;

import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.database.UnnamedStatements;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** A connection whose open transaction is the lock; given back as it came. */
final class LockConnection implements AutoCloseable {
    /** What ends a transaction on PostgreSQL (the second since 17). */
    private static final String LIMITS = "('idle_in_transaction_session_timeout', 'transaction_timeout')";

    private final Connection connection;
    private boolean autoCommit;
    private Optional<Integer> isolation = Optional.empty();
    private boolean begun;
    private Optional<UnnamedStatements> unnamed = Optional.empty();

    LockConnection(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Read committed: on PostgreSQL a snapshot kept open would stop {@code CREATE INDEX CONCURRENTLY} of the work. */
    void begin() throws SQLException {
        autoCommit = connection.getAutoCommit();
        int before = connection.getTransactionIsolation();
        isolation = Optional.of(before);
        begun = true;
        if (before != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        connection.setAutoCommit(false);
    }

    /**
     * The same, where what is set for the session would stay with the pooler's. The transaction begins with its first
     * statement: one that only waits for the working connection takes no session of the pooler's from others, who would
     * wait for each other in the end.
     */
    void beginBehindPooler() throws SQLException {
        autoCommit = connection.getAutoCommit();
        begun = true;
        unnamed = UnnamedStatements.on(connection);
        connection.setAutoCommit(false);
    }

    /** Nobody may end PostgreSQL's transaction because it does nothing for as long as a script takes. */
    static void keepOpen(Connection connection) throws SQLException {
        Query.row(
                connection,
                "select pg_catalog.set_config(name, '0', true) from pg_catalog.pg_settings where name in " + LIMITS);
    }

    @Override
    public void close() {
        try {
            if (begun && !connection.isClosed()) {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                connection.setAutoCommit(autoCommit);
                if (isolation.isPresent()) {
                    connection.setTransactionIsolation(isolation.get());
                }
                if (unnamed.isPresent()) {
                    unnamed.get().end();
                }
            }
            connection.close();
        } catch (SQLException e) {
            Log.trace(Message.LOCK_RELEASED, e);
            end();
        }
    }

    /** A pool would keep a session that does not roll back, and Derby 10.16 does not close one. */
    private void end() {
        try (connection) {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            Log.trace(Message.LOCK_RELEASED, e);
        }
    }
}
