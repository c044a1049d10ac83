package io.github.deploymigrations.run;

import io.github.deploymigrations.changelog.ChangeLogTable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The connection as MyBatis gets it. It tells the watch of each statement, creates the changelog before MyBatis writes
 * its first row where no script did, and leaves closing to its owner.
 */
final class WatchedConnection {
    private final Connection connection;
    private final RunWatch watch;
    private final ChangeLogTable changelog;
    private final String changelogInsert;
    private boolean changelogIsThere;

    private WatchedConnection(Connection connection, RunWatch watch, ChangeLogTable changelog, String changelogName) {
        this.connection = connection;
        this.watch = watch;
        this.changelog = changelog;
        this.changelogInsert = "insert into " + changelogName + " (ID, APPLIED_AT, DESCRIPTION)";
    }

    static Connection of(Connection connection, RunWatch watch, ChangeLogTable changelog, String changelogName) {
        WatchedConnection watched = new WatchedConnection(connection, watch, changelog, changelogName);
        return (Connection) Proxy.newProxyInstance(
                WatchedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> watched.call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "close" -> {
                return null;
            }
            case "commit" -> {
                // MyBatis commits its changelog's row in auto-commit too, which PostgreSQL refuses
                return connection.getAutoCommit() ? null : invoke(connection, method, arguments, "");
            }
            case "createStatement" -> {
                return watched((Statement) invoke(connection, method, arguments, ""));
            }
            case "prepareStatement" -> requireChangelog((String) arguments[0]);
            default -> {
                // goes to the connection as it is
            }
        }
        return invoke(connection, method, arguments, "");
    }

    private void requireChangelog(String sql) throws SQLException {
        if (!changelogIsThere && sql.startsWith(changelogInsert)) {
            watch.statementsDone();
            boolean autoCommit = connection.getAutoCommit();
            // the query that finds out fails where there is none, and would spoil a transaction (PostgreSQL 14)
            connection.setAutoCommit(true);
            changelog.createIfAbsent(connection);
            connection.setAutoCommit(autoCommit);
            changelogIsThere = true;
        }
    }

    private Statement watched(Statement statement) {
        return (Statement) Proxy.newProxyInstance(
                WatchedConnection.class.getClassLoader(),
                new Class<?>[] {Statement.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "execute" -> execute(statement, method, arguments);
                    // MyBatis asks for its changelog by a query that fails where there is none
                    case "executeQuery" -> statement.executeQuery((String) arguments[0]);
                    default -> invoke(statement, method, arguments, "");
                });
    }

    private Object execute(Statement statement, Method method, Object[] arguments) throws Throwable {
        watch.executing();
        long start = System.nanoTime();
        Object result = invoke(statement, method, arguments, (String) arguments[0]);
        watch.executed(System.nanoTime() - start);
        return result;
    }

    private Object invoke(Object target, Method method, Object[] arguments, String sql) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException failure) {
                watch.failed(failure, sql);
            }
            throw e.getCause();
        }
    }
}
