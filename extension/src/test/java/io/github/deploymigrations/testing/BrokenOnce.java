package io.github.deploymigrations.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** Real connections whose session the server ends right before a chosen statement runs or is prepared, so many times. */
public final class BrokenOnce implements DelegatingDataSource {
    private static final Set<String> SENDS = Set.of("execute", "prepareStatement");

    private final TestDatabase database;
    private final String before;
    private final int times;
    private int broken;

    public BrokenOnce(TestDatabase database, String before, int times) {
        this.database = database;
        this.before = before;
        this.times = times;
    }

    /** How many sessions were ended. */
    public int broken() {
        return broken;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection real = database.dataSource().getConnection();
        return proxy(Connection.class, real, real);
    }

    private <T> T proxy(Class<T> type, T target, Connection real) {
        return type.cast(Proxy.newProxyInstance(
                BrokenOnce.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(target, method, arguments, real)));
    }

    private Object call(Object target, Method method, Object[] arguments, Connection real) throws Throwable {
        if (SENDS.contains(method.getName())
                && arguments != null
                && arguments[0].toString().contains(before)
                && broken < times) {
            broken++;
            end(real);
        }
        try {
            Object result = method.invoke(target, arguments);
            return method.getName().equals("createStatement")
                    ? proxy(Statement.class, (Statement) result, real)
                    : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void end(Connection real) throws SQLException {
        boolean postgresql = database.url().startsWith("jdbc:postgresql");
        String session = query(real, postgresql ? "select pg_backend_pid()" : "select connection_id()");
        database.execute(postgresql ? "select pg_terminate_backend(" + session + ")" : "kill " + session);
    }

    /** Ends all sessions of this database but the one that does it. */
    public static void endAllOthers(TestDatabase database) {
        if (database.url().startsWith("jdbc:postgresql")) {
            database.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        } else {
            database.query("select ID from information_schema.PROCESSLIST where DB = database()"
                            + " and ID <> connection_id()")
                    .forEach(id -> database.execute("kill " + id));
        }
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                java.sql.ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
