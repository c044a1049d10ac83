package io.github.deploymigrations.database;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What only pgjdbc's own interface tells, by reflection, as the driver is the application's or the server's. Where a
 * connection cannot be unwrapped, or another driver made it, nothing is told.
 */
final class PostgresDriver {
    private static final String CONNECTION = "org.postgresql.PGConnection";

    private final Object driver;
    private final Class<?> type;

    private PostgresDriver(Object driver, Class<?> type) {
        this.driver = driver;
        this.type = type;
    }

    static Optional<PostgresDriver> of(Connection connection) throws SQLException {
        // a pool's own metadata knows the pool's classes alone
        ClassLoader[] loaders = {
            connection.getMetaData().getClass().getClassLoader(),
            Thread.currentThread().getContextClassLoader(),
            connection.getClass().getClassLoader()
        };
        for (ClassLoader loader : loaders) {
            Optional<PostgresDriver> driver = in(loader, connection);
            if (driver.isPresent()) {
                return driver;
            }
        }
        return Optional.empty();
    }

    private static Optional<PostgresDriver> in(ClassLoader loader, Connection connection) {
        try {
            Class<?> type = Class.forName(CONNECTION, false, loader);
            return connection.isWrapperFor(type)
                    ? Optional.of(new PostgresDriver(connection.unwrap(type), type))
                    : Optional.empty();
        } catch (ClassNotFoundException | LinkageError | SQLException e) {
            return Optional.empty();
        }
    }

    /** The number of the server's process, as it was told when the connection was made. */
    OptionalInt processTold() {
        return number("getBackendPID");
    }

    /** After how many times a statement gets a name on the server; zero for never. */
    OptionalInt threshold() {
        return number("getPrepareThreshold");
    }

    void threshold(int times) throws SQLException {
        try {
            type.getMethod("setPrepareThreshold", int.class).invoke(driver, times);
        } catch (ReflectiveOperationException e) {
            throw new SQLException(e);
        }
    }

    /** What the server told by this name when the connection was made. */
    Optional<String> parameter(String name) {
        try {
            return Optional.ofNullable(
                    (String) type.getMethod("getParameterStatus", String.class).invoke(driver, name));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    private OptionalInt number(String method) {
        try {
            Method asked = type.getMethod(method);
            return OptionalInt.of((Integer) asked.invoke(driver));
        } catch (ReflectiveOperationException e) {
            return OptionalInt.empty();
        }
    }
}
