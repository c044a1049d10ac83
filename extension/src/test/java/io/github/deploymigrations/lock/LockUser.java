package io.github.deploymigrations.lock;

import io.github.deploymigrations.database.Pooler;
import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.database.UnnamedStatements;
import io.github.deploymigrations.settings.LockMode;
import io.github.deploymigrations.settings.TableName;
import io.github.deploymigrations.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One of those who want a lock, with its connections. */
final class LockUser implements AutoCloseable {
    private final Connection working;
    private final List<Connection> others = new ArrayList<>();
    private final MigrationLock lock;

    LockUser(TestDatabase database, LockMode mode, String changelog, String node) throws SQLException, LockFailed {
        this.working = database.dataSource().getConnection();
        if (Pooler.isBetween(working, Product.of(working))) {
            UnnamedStatements.on(working); // as the session of a run does
        }
        this.lock = MigrationLocks.of(
                mode, new Contender(node, "shop.war"), new TableName(changelog), working, () -> another(database));
    }

    private Connection another(TestDatabase database) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        others.add(connection);
        return connection;
    }

    Connection working() {
        return working;
    }

    MigrationLock lock() {
        return lock;
    }

    Optional<MigrationLock.Held> tryAcquire() throws SQLException, LockFailed {
        return lock.tryAcquire();
    }

    void execute(String... statements) throws SQLException {
        try (Statement statement = working.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** As a crash of the network does it: nothing is given back. */
    void abort() throws SQLException {
        for (Connection connection : connections()) {
            connection.abort(Runnable::run);
            if (!connection.isClosed()) {
                connection.close(); // H2 2.4 aborts nothing
            }
        }
    }

    /** As careless code does it: nothing is given back either. */
    void closeConnections() throws SQLException {
        for (Connection connection : connections()) {
            if (!connection.isClosed()) {
                if (!connection.getAutoCommit()) {
                    connection.rollback(); // Derby refuses to close an open transaction
                }
                connection.close();
            }
        }
    }

    private List<Connection> connections() {
        List<Connection> all = new ArrayList<>(others);
        all.add(working);
        return all;
    }

    @Override
    public void close() throws SQLException {
        abort();
    }
}
