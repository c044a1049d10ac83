package io.github.deploymigrations.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Real connections from a pool that puts what the driver throws into an exception of its own, as Payara's (6.2025.10) does. */
public final class WrappingPool implements DelegatingDataSource {
    private final TestDatabase database;

    public WrappingPool(TestDatabase database) {
        this.database = database;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return wrapping(Connection.class, database.dataSource().getConnection());
    }

    private static <T> T wrapping(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(
                WrappingPool.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(target, method, arguments)));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            Object result = method.invoke(target, arguments);
            if (result instanceof PreparedStatement) {
                return wrapping(PreparedStatement.class, result);
            }
            return result instanceof Statement ? wrapping(Statement.class, result) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SQLException said
                    ? new SQLException("Error of the pool", said)
                    : e.getCause();
        }
    }
}
