package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** The transaction in which somebody else may have handed out a connection: to be left, and never to be ended. */
final class ForeignTransaction {
    private static final String CHANGES = "it is not committed yet";

    private ForeignTransaction() {}

    /**
     * Brings a connection that is in none into auto-commit. In a transaction of JTA the drivers and the servers' pools
     * refuse that (pgjdbc 42.7); H2 (2.4) would commit the other's changes, so it is asked first.
     */
    static void leave(Connection connection, Product product) throws RunStopped, SQLException {
        refuse(connection, product.foreignTransactionQuery(false));
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            if (String.valueOf(Errors.driver(e).getSQLState()).startsWith("08")) {
                throw e;
            }
            Log.trace(Message.IN_TRANSACTION, e);
            throw new RunStopped(new MigrationFailure.Unreachable(
                    Message.IN_TRANSACTION.with(Errors.masked(String.valueOf(e.getMessage()))), Errors.of(e)));
        }
    }

    /** Refuses to write in one that hides behind auto-commit; who only reads neither ends nor changes it. */
    static void refuse(Connection connection, Product product) throws RunStopped {
        refuse(connection, product.foreignTransactionQuery(true));
    }

    private static void refuse(Connection connection, Optional<String> query) throws RunStopped {
        if (isOpen(connection, query)) {
            throw new RunStopped(
                    new MigrationFailure.Unreachable(Message.IN_TRANSACTION.with(CHANGES), Optional.empty()));
        }
    }

    private static boolean isOpen(Connection connection, Optional<String> query) {
        if (query.isEmpty()) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query.get())) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException e) {
            // a version that cannot be asked
            Log.trace(Message.IN_TRANSACTION, e);
            return false;
        }
    }
}
