package io.github.deploymigrations.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A program between the driver and PostgreSQL that shares few sessions of the server among many clients, as PgBouncer does.
 * It tells each client a number of its own for the server's process (1.18), which gives it away. Whether it lends a session
 * for as long as the client stays or for one transaction, nobody tells; but it can be seen.
 */
public final class Pooler {
    private static final int ROUNDS = 3;

    private Pooler() {}

    /** Whether there is one; not to be seen where the driver's own interface cannot be reached. */
    public static boolean isBetween(Connection connection, Product product) throws SQLException {
        Optional<PostgresDriver> driver =
                product == Product.POSTGRESQL ? PostgresDriver.of(connection) : Optional.empty();
        OptionalInt told = driver.isEmpty() ? OptionalInt.empty() : driver.get().processTold();
        return told.isPresent() && told.getAsInt() != process(connection);
    }

    /**
     * Whether a connection in auto-commit is seen in two sessions. While the other one is in a transaction, it cannot have
     * that one's; behind it, the pooler gives it the one that became free last, or the next in turn
     * ({@code server_round_robin}).
     *
     * @param other connection, with auto-commit switched off; is rolled back
     */
    public static boolean changesSessions(Connection connection, Connection other) throws SQLException {
        int first = process(connection);
        for (int round = 0; round < ROUNDS; round++) {
            process(other);
            boolean changed = process(connection) != first;
            other.rollback();
            if (changed || process(connection) != first || process(connection) != first) {
                return true;
            }
        }
        return false;
    }

    private static int process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
