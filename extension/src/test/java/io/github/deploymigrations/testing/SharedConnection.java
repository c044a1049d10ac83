package io.github.deploymigrations.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A pool whose first connection is never closed, so that a test sees how it was given back. */
public final class SharedConnection implements DelegatingDataSource {
    private final Connection real;
    private final DataSource others;
    private boolean given;

    /**
     * Shares.
     *
     * @param real given to the first who asks
     * @param others gives those after it
     */
    public SharedConnection(Connection real, DataSource others) {
        this.real = real;
        this.others = others;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (given) {
            return others.getConnection();
        }
        given = true;
        return (Connection) Proxy.newProxyInstance(
                SharedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> {
                    try {
                        return method.getName().equals("close") ? null : method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
