package io.github.deploymigrations.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Short questions to the database. */
public final class Query {
    private Query() {}

    /** The columns of the first row as texts, null where they are; empty if there is no row. */
    public static Optional<List<String>> row(Connection connection, String sql, Object... arguments)
            throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                return Optional.empty();
            }
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                row.add(rows.getString(column));
            }
            return Optional.of(row);
        }
    }

    /** Whether the first column of the first row says yes. */
    public static boolean isTrue(Connection connection, String sql, Object... arguments) throws SQLException {
        Optional<List<String>> row = row(connection, sql, arguments);
        return row.isPresent()
                && List.of("1", "t", "true", "TRUE")
                        .contains(String.valueOf(row.get().get(0)));
    }

    /** How many rows it changed. */
    public static int update(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, arguments)) {
            return statement.executeUpdate();
        }
    }

    /** The statement with its arguments, to be closed by who asked for it. */
    public static PreparedStatement prepared(Connection connection, String sql, Object... arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
