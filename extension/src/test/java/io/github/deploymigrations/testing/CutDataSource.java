package io.github.deploymigrations.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Real connections that break at one chosen call of JDBC, before it reaches the database or after: to the database it is as
 * if the process had been killed there. Counts the calls of all its connections.
 */
public final class CutDataSource implements DelegatingDataSource {
    private static final Set<String> COUNTED =
            Set.of("execute", "executeQuery", "executeUpdate", "commit", "rollback", "setAutoCommit");

    private final DataSource real;
    private final int cutAt;
    private final boolean afterwards;
    private final Blow blow;
    private int calls;
    private boolean cut;

    /**
     * Cuts.
     *
     * @param cutAt the call, from 1; 0 for none
     * @param afterwards whether the call reaches the database, and only its answer is lost
     */
    public CutDataSource(DataSource real, int cutAt, boolean afterwards) {
        this(real, cutAt, afterwards, connection -> connection.abort(Runnable::run));
    }

    /** Does something else at the chosen call, which then fails. */
    public CutDataSource(DataSource real, int cutAt, boolean afterwards, Blow blow) {
        this.real = real;
        this.cutAt = cutAt;
        this.afterwards = afterwards;
        this.blow = blow;
    }

    /** What happens at the chosen call. */
    @FunctionalInterface
    public interface Blow {
        /** Strikes this connection. */
        void strike(Connection connection) throws SQLException;
    }

    /** How many calls there were. */
    public int calls() {
        return calls;
    }

    /** Whether the chosen call came. */
    public boolean isCut() {
        return cut;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (cut) {
            throw new SQLException("the process is dead", "08006");
        }
        Connection connection = real.getConnection();
        return proxy(Connection.class, connection, connection);
    }

    private <T> T proxy(Class<T> type, T target, Connection connection) {
        return type.cast(Proxy.newProxyInstance(
                CutDataSource.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(target, method, arguments, connection)));
    }

    private Object call(Object target, Method method, Object[] arguments, Connection connection) throws Throwable {
        boolean here = COUNTED.contains(method.getName()) && ++calls == cutAt;
        if (here && !afterwards) {
            cut(connection);
        }
        if (cut && !method.getName().equals("close") && !method.getName().equals("isClosed")) {
            throw new SQLException("the connection is cut", "08006");
        }
        try {
            Object result = method.invoke(target, arguments);
            if (here) {
                cut(connection);
                throw new SQLException("the answer is lost", "08006");
            }
            if (result instanceof PreparedStatement statement) {
                return proxy(PreparedStatement.class, statement, connection);
            }
            return result instanceof Statement statement ? proxy(Statement.class, statement, connection) : result;
        } catch (InvocationTargetException e) {
            if (here) {
                cut(connection);
            }
            throw e.getCause();
        }
    }

    private void cut(Connection connection) throws SQLException {
        cut = true;
        blow.strike(connection);
    }
}
