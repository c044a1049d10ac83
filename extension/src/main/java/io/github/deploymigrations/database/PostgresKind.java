package io.github.deploymigrations.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Which of those that speak as PostgreSQL does: to its driver all of them are PostgreSQL, and what is a lock in one is a
 * function without effect in another. Written after their documentation, not tried on a server.
 */
final class PostgresKind {
    /** CockroachDB tells it with each new connection. */
    private static final String PARAMETER = "crdb_version";

    private PostgresKind() {}

    /** Asks the server only where the driver's own interface cannot be reached, as it costs a way there and back. */
    static Product of(Connection connection) throws SQLException {
        String version = connection.getMetaData().getDatabaseProductVersion();
        Optional<PostgresDriver> driver = PostgresDriver.of(connection);
        if (driver.isEmpty()) {
            return of(version, version(connection));
        }
        return driver.get().parameter(PARAMETER).isPresent() ? Product.COCKROACHDB : of(version, "");
    }

    /**
     * By what the server says of itself.
     *
     * @param version as its parameter {@code server_version} has it: {@code 15.2-YB-2025.1.0.0-b0}
     * @param banner as {@code version()} has it: {@code CockroachDB CCL v24.1.0 (…)}
     */
    static Product of(String version, String banner) {
        if (banner.startsWith("CockroachDB")) {
            return Product.COCKROACHDB;
        }
        return version.contains("-YB-") || banner.contains("-YB-") ? Product.YUGABYTEDB : Product.POSTGRESQL;
    }

    private static String version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select version()")) {
            row.next();
            return row.getString(1);
        }
    }
}
