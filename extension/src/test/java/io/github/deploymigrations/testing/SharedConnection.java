package io.github.deploymigrations.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;

/** The simplest pool: one real connection that is never closed, so that a test sees how it was given back. */
public final class SharedConnection implements DelegatingDataSource {
    private final Connection real;

    public SharedConnection(Connection real) {
        this.real = real;
    }

    @Override
    public Connection getConnection() {
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
