package io.github.deploymigrations.database;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * Limits the time of a statement, until this is closed. To H2 (2.4) the limit is the connection's, and would go on to
 * count for all that follows on it, also for those who get it from the pool.
 */
public final class QueryLimit implements AutoCloseable {
    private final Statement statement;
    private final int before;

    /** @param statement that is closed after this */
    public QueryLimit(Statement statement) throws SQLException {
        this.statement = statement;
        this.before = statement.getQueryTimeout();
    }

    /** From now on, but not for less than one second. */
    public void begin(long seconds) throws SQLException {
        statement.setQueryTimeout((int) Math.min(Integer.MAX_VALUE, Math.max(1, seconds)));
    }

    @Override
    public void close() throws SQLException {
        statement.setQueryTimeout(before);
    }
}
