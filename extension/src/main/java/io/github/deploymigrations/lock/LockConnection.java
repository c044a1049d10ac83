package io.github.deploymigrations.lock;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection whose open transaction is the lock; given back as it came. */
final class LockConnection implements AutoCloseable {
    private final Connection connection;
    private boolean autoCommit;
    private int isolation;
    private boolean begun;

    LockConnection(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Read committed: on PostgreSQL a snapshot kept open would stop {@code CREATE INDEX CONCURRENTLY} of the work. */
    void begin() throws SQLException {
        autoCommit = connection.getAutoCommit();
        isolation = connection.getTransactionIsolation();
        begun = true;
        if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        connection.setAutoCommit(false);
    }

    @Override
    public void close() {
        try {
            if (begun && !connection.isClosed()) {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                connection.setAutoCommit(autoCommit);
                connection.setTransactionIsolation(isolation);
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
