package io.github.deploymigrations.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Real connections that refuse to tell of any column, and count how often they are asked. Thread-safe. */
public final class WithoutMetadata implements DelegatingDataSource {
    private final DataSource real;
    private final AtomicInteger asked = new AtomicInteger();

    public WithoutMetadata(DataSource real) {
        this.real = real;
    }

    /** How often a connection was asked. */
    public int asked() {
        return asked.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return proxy(Connection.class, real.getConnection());
    }

    private <T> T proxy(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                WithoutMetadata.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().equals("getColumns")) {
                        asked.incrementAndGet();
                        throw new SQLException("no right to read the metadata", "42501");
                    }
                    try {
                        Object result = method.invoke(target, arguments);
                        return result instanceof DatabaseMetaData metaData
                                ? proxy(DatabaseMetaData.class, metaData)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
