package io.github.deploymigrations.run;

import io.github.deploymigrations.changelog.ChangeLogTable;
import io.github.deploymigrations.scripts.ScriptReader;
import io.github.deploymigrations.scripts.ScriptRepository;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Optional;
import org.apache.ibatis.migration.MigrationException;

/**
 * The connection as MyBatis gets it. It tells watch and journal of each statement, commits a script only with its
 * changelog and history rows, creates the changelog before MyBatis writes its first row where no script did, and leaves
 * closing to its owner. Not thread-safe.
 */
final class WatchedConnection {
    private final Session session;
    private final RunWatch watch;
    private final ScriptCommit commit;
    private final TimeLimit limit;
    private final ChangeLogTable changelog;
    private final ScriptRepository repository;
    private final Direction direction;
    private final String changelogInsert;
    private final String changelogProbe;
    private boolean changelogIsThere;

    private WatchedConnection(
            Session session,
            RunWatch watch,
            ScriptCommit commit,
            TimeLimit limit,
            ChangeLogTable changelog,
            ScriptRepository repository,
            Direction direction) {
        this.direction = direction;
        this.session = session;
        this.watch = watch;
        this.commit = commit;
        this.limit = limit;
        this.changelog = changelog;
        this.repository = repository;
        this.changelogInsert =
                ChangeLogTable.insertionBegin(repository.changelog().sql());
        this.changelogProbe = "select count(1) from " + repository.changelog().sql();
    }

    static Connection of(
            Session session,
            RunWatch watch,
            ScriptCommit commit,
            TimeLimit limit,
            ChangeLogTable changelog,
            ScriptRepository repository,
            Direction direction) {
        return new WatchedConnection(session, watch, commit, limit, changelog, repository, direction).connection();
    }

    private Connection connection() {
        return proxy(Connection.class, this::call);
    }

    /** What answers a call. */
    @FunctionalInterface
    private interface Call {
        Object on(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> call.on(method, arguments)));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "close" -> {
                return null;
            }
            case "commit" -> {
                return watched(commit::commit);
            }
            case "rollback" -> {
                return watched(commit::rollback);
            }
            case "setAutoCommit" -> {
                return watched(() -> commit.setAutoCommit((Boolean) arguments[0]));
            }
            case "createStatement" -> {
                return watched((Statement) invoke(session.connection(), method, arguments, ""));
            }
            case "prepareStatement" -> {
                if (((String) arguments[0]).startsWith(changelogInsert)) {
                    watched(watch::beforeRow);
                    if (!watch.endsAtOnce() || !changelogIsThere) {
                        watched(session::goBack);
                    }
                    if (!changelogIsThere) {
                        watched(this::requireChangelog);
                    }
                    if (watch.endsAtOnce()) {
                        return nothing(PreparedStatement.class);
                    }
                }
                return invoke(session.connection(), method, arguments, "");
            }
            default -> {
                return invoke(session.connection(), method, arguments, "");
            }
        }
    }

    /** Does nothing: what MyBatis tells it is done with something else, behind it. */
    private static <T> T nothing(Class<T> type) {
        return proxy(type, (method, arguments) -> method.getReturnType() == boolean.class ? false : null);
    }

    /** Something of ours in the place of a call of JDBC. */
    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    private Object watched(Work work) throws SQLException {
        try {
            work.run();
            return null;
        } catch (SQLException e) {
            watch.failed(e, "");
            throw e;
        }
    }

    private void requireChangelog() throws SQLException {
        if (session.product().definesInTransactions() && !session.connection().getAutoCommit()) {
            // the query that finds out fails where there is none, and would spoil the transaction (PostgreSQL 14)
            Savepoint before = session.connection().setSavepoint();
            changelog.createIfAbsent(
                    session.connection(), () -> session.connection().rollback(before));
        } else {
            watch.beforeChangelog();
            changelog.createIfAbsent(session.connection(), () -> {});
        }
        changelogIsThere = true;
    }

    private Statement watched(Statement statement) {
        boolean[] skipped = new boolean[1];
        return proxy(Statement.class, (method, arguments) -> switch (method.getName()) {
            case "execute" -> {
                String sql = (String) arguments[0];
                skipped[0] = isRunSplit() || !watch.executing(sql);
                yield skipped[0] ? false : execute(statement, method, arguments);
            }
            case "getUpdateCount" -> skipped[0] ? -1 : counted((Integer) invoke(statement, method, arguments, ""));
            case "executeQuery" -> query(statement, (String) arguments[0]);
            default -> invoke(statement, method, arguments, "");
        });
    }

    private Integer counted(Integer rows) {
        watch.changed(Math.max(0, rows));
        return rows;
    }

    /** Whether a script that may not be one statement ran as several, in the place of the one that MyBatis sends. */
    private boolean isRunSplit() throws IOException {
        Optional<ScriptReader> split = watch.takeSplit();
        if (split.isPresent()) {
            try (ScriptReader script = split.get()) {
                repository.runSplit(script, connection());
            }
        }
        return split.isPresent();
    }

    /**
     * MyBatis asks first whether there is a changelog, and would apply only what is newer than its last row. What is to be
     * applied is decided already, from the same changelog: so it hears that there is none.
     */
    private Object query(Statement statement, String sql) throws SQLException {
        if (!sql.equals(changelogProbe)) {
            return statement.executeQuery(sql);
        }
        if (direction == Direction.DOWN) {
            return probe(statement);
        }
        if (!watch.isInScript()) {
            throw new SQLException("the changelog was read already");
        }
        return statement.executeQuery(sql);
    }

    /**
     * Behind each undo part MyBatis asks whether there still is a changelog. It takes every error for "no", and would leave
     * the row there: only a missing table is one.
     */
    private Object probe(Statement statement) throws SQLException {
        watch.statementsDone();
        watched(session::goBack);
        // the query fails where there is none, and would spoil the transaction (PostgreSQL 14)
        boolean guarded = session.product().definesInTransactions()
                && !session.connection().getAutoCommit();
        Optional<Savepoint> before = guarded ? Optional.of(session.connection().setSavepoint()) : Optional.empty();
        try {
            return statement.executeQuery(changelogProbe);
        } catch (SQLException e) {
            if (!session.product().isTableMissing(e)) {
                watch.failed(e, "");
                throw new MigrationException(e);
            }
            if (before.isPresent()) {
                session.connection().rollback(before.get());
            }
            throw e;
        }
    }

    private Object execute(Statement statement, Method method, Object[] arguments) throws Throwable {
        long start = System.nanoTime();
        Object result;
        limit.begins(statement);
        try {
            result = invoke(statement, method, arguments, (String) arguments[0]);
        } finally {
            limit.ends();
        }
        watch.executed(System.nanoTime() - start);
        return result;
    }

    private Object invoke(Object target, Method method, Object[] arguments, String sql) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            watch.failed(e.getCause(), sql);
            throw e.getCause();
        }
    }
}
