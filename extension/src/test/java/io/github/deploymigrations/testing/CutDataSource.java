package io.github.deploymigrations.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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
    private final List<Connection> given = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();
    private int calls;
    private boolean cut;

    /**
     * Cuts.
     *
     * @param cutAt the call, from 1; 0 for none
     * @param afterwards whether the call reaches the database, and only its answer is lost
     */
    public CutDataSource(DataSource real, int cutAt, boolean afterwards) {
        this(real, cutAt, afterwards, CutDataSource::end);
    }

    /** Does something else at the chosen call, which then fails. */
    public CutDataSource(DataSource real, int cutAt, boolean afterwards, Blow blow) {
        this.blow = blow;
        this.real = real;
        this.cutAt = cutAt;
        this.afterwards = afterwards;
    }

    /** How many calls there were. */
    public int calls() {
        return calls;
    }

    /** The first call, from 1, that sent a statement with this text in it. */
    public int callOf(String text) {
        for (int call = 1; call <= calls; call++) {
            if (statements.get(call - 1).contains(text)) {
                return call;
            }
        }
        throw new AssertionError("no call with " + text + " in " + statements);
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
        given.add(connection);
        return proxy(Connection.class, connection);
    }

    private <T> T proxy(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                CutDataSource.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(target, method, arguments)));
    }

    private Object call(Object target, Method method, Object[] arguments) throws Throwable {
        boolean counted = COUNTED.contains(method.getName());
        if (counted) {
            calls++;
            statements.add(arguments == null ? "" : String.valueOf(arguments[0]));
        }
        boolean here = counted && calls == cutAt;
        if (here && !afterwards) {
            cut();
        }
        if (cut && !method.getName().equals("close") && !method.getName().equals("isClosed")) {
            throw new SQLException("the connection is cut", "08006");
        }
        try {
            Object result = method.invoke(target, arguments);
            if (here) {
                cut();
                throw new SQLException("the answer is lost", "08006");
            }
            if (result instanceof PreparedStatement statement) {
                return proxy(PreparedStatement.class, statement);
            }
            return result instanceof Statement statement ? proxy(Statement.class, statement) : result;
        } catch (InvocationTargetException e) {
            if (here) {
                cut();
            }
            throw e.getCause();
        }
    }

    /** All of them, as the process is dead: also the one whose open transaction is a lock. */
    private void cut() throws SQLException {
        cut = true;
        for (Connection connection : given) {
            blow.strike(connection);
        }
    }

    /** What happens at the chosen call, to each connection. */
    @FunctionalInterface
    public interface Blow {
        /** Strikes this connection. */
        void strike(Connection connection) throws SQLException;
    }

    private static void end(Connection connection) throws SQLException {
        connection.abort(Runnable::run);
        if (!connection.isClosed()) {
            connection.close(); // H2 2.4 aborts nothing
        }
    }
}
