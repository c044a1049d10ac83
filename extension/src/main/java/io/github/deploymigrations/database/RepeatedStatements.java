package io.github.deploymigrations.database;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Statements that one connection is asked again and again for each script. H2 parses in this process, and forgets what it
 * has parsed at each definition: what is prepared once is not read again, only looked up anew (2.4). Other drivers keep
 * what they have prepared themselves. Not thread-safe.
 */
public final class RepeatedStatements implements AutoCloseable {
    private final Connection connection;
    private final boolean keeps;
    private final Map<String, PreparedStatement> kept = new HashMap<>();

    public RepeatedStatements(Connection connection, Product product) {
        this(connection, product == Product.H2);
    }

    private RepeatedStatements(Connection connection, boolean keeps) {
        this.connection = connection;
        this.keeps = keeps;
    }

    /** For what is asked once: nothing stays open. */
    static RepeatedStatements once(Connection connection) {
        return new RepeatedStatements(connection, false);
    }

    public Connection connection() {
        return connection;
    }

    /** Does something with a statement, and leaves it open. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T on(PreparedStatement statement) throws SQLException;
    }

    /** Does something with a statement whose arguments are all set by that. */
    public <T> T with(String sql, Work<T> work) throws SQLException {
        if (!keeps) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return work.on(statement);
            }
        }
        PreparedStatement statement = kept.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            kept.put(sql, statement);
        }
        return work.on(statement);
    }

    /** To be called before the connection goes back to a pool. */
    @Override
    public void close() {
        for (PreparedStatement statement : kept.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                Log.trace(Message.CONNECTION_FAILED, e);
            }
        }
        kept.clear();
    }
}
