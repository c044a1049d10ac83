package io.github.deploymigrations.run;

import io.github.deploymigrations.database.Product;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the next user of a pool's connection relies on, and a script may change: where it is, how isolated, and what
 * dumps of PostgreSQL and MariaDB set at their beginning.
 *
 * @param place where the connection is, if it is in any schema or catalog
 * @param isolation of its transactions
 * @param readOnly as JDBC has it
 * @param settings of the session, where they can be read and written by name
 */
record Surroundings(Optional<String> place, int isolation, boolean readOnly, Map<String, String> settings) {

    static Surroundings of(Connection connection, Product product) throws SQLException {
        return new Surroundings(
                Optional.ofNullable(product.place(connection)),
                connection.getTransactionIsolation(),
                connection.isReadOnly(),
                settings(connection, product));
    }

    /** Makes what differs as it was. */
    void restore(Connection connection, Product product) throws SQLException {
        if (connection.isReadOnly() != readOnly) {
            connection.setReadOnly(readOnly);
        }
        restoreSettings(connection, product);
        if (place.isPresent() && !place.get().equals(product.place(connection))) {
            product.goTo(connection, place.get());
        }
        if (connection.getTransactionIsolation() != isolation) {
            connection.setTransactionIsolation(isolation);
        }
    }

    /** Makes what of the settings differs as it was; also in a transaction. */
    void restoreSettings(Connection connection, Product product) throws SQLException {
        Map<String, String> now = settings(connection, product);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (!setting.getValue().equals(now.get(setting.getKey()))) {
                product.set(connection, setting.getKey(), setting.getValue());
            }
        }
    }

    private static Map<String, String> settings(Connection connection, Product product) throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        if (product.settingsQuery().isPresent()) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery(product.settingsQuery().get())) {
                while (rows.next()) {
                    settings.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return settings;
    }
}
