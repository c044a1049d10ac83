package io.github.deploymigrations.lock;

import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.database.UnnamedStatements;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A connection whose open transaction is the lock; given back as it came. */
final class LockConnection implements AutoCloseable {
    /** What ends a transaction on PostgreSQL (the second since 17). */
    private static final String LIMITS = "('idle_in_transaction_session_timeout', 'transaction_timeout')";

    /** What ends one on MariaDB (10.3 and newer; 0 is never), and what ends an idle session on MySQL too. */
    private static final String SESSION_LIMITS = "show session variables where Variable_name in"
            + " ('idle_transaction_timeout', 'idle_write_transaction_timeout', 'idle_readonly_transaction_timeout',"
            + " 'wait_timeout')";

    /** In seconds; more is refused on Windows. */
    private static final String LONGEST_WAIT = "2147483";

    private final Connection connection;
    private final Map<String, String> limits = new LinkedHashMap<>();
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

    /** The same on MariaDB and MySQL, where it is said to the session, until it is given back. */
    void keepSessionOpen() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SESSION_LIMITS);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                limits.put(rows.getString(1), rows.getString(2));
            }
        }
        for (String name : limits.keySet()) {
            set(name, name.equals("wait_timeout") ? LONGEST_WAIT : "0");
        }
    }

    private void set(String name, String value) throws SQLException {
        Query.update(connection, "set session " + name + " = " + value);
    }

    @Override
    public void close() {
        try {
            if (begun && !connection.isClosed()) {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                connection.setAutoCommit(autoCommit);
                for (Map.Entry<String, String> limit : limits.entrySet()) {
                    set(limit.getKey(), limit.getValue());
                }
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
