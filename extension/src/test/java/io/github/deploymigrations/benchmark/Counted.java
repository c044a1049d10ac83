package io.github.deploymigrations.benchmark;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Counts the connections that are taken and the statements that are sent, questions for metadata included. */
final class Counted {
    private static final List<Class<?>> WATCHED =
            List.of(Connection.class, PreparedStatement.class, Statement.class, DatabaseMetaData.class);

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger statements = new AtomicInteger();
    private final DataSource dataSource;

    Counted(DataSource real) {
        this.dataSource = DataSource.class.cast(watched(DataSource.class, real));
    }

    DataSource dataSource() {
        return dataSource;
    }

    int connections() {
        return connections.get();
    }

    int statements() {
        return statements.get();
    }

    private Object watched(Class<?> type, Object target) {
        return Proxy.newProxyInstance(
                Counted.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(target, method, arguments));
    }

    private Object call(Object target, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("getConnection") && target instanceof DataSource) {
            connections.incrementAndGet();
        } else if (method.getName().startsWith("execute")
                || (target instanceof DatabaseMetaData && method.getReturnType() == ResultSet.class)) {
            statements.incrementAndGet();
        }
        Object result;
        try {
            result = method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        return WATCHED.contains(method.getReturnType()) && result != null
                ? watched(method.getReturnType(), result)
                : result;
    }
}
