package io.github.deploymigrations.lock;

import io.github.deploymigrations.Progress;
import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;

/**
 * PostgreSQL's advisory lock of a transaction that stays open on a connection of its own, for use behind a pooler: what
 * belongs to a session stays with the pooler when its client is gone (PgBouncer 1.18 with {@code
 * pool_mode=transaction}), and a transaction is rolled back. It is the same lock as {@link NumberLock}'s, so that it also
 * keeps off those who come to the database without the pooler.
 */
final class TransactionNumberLock implements MigrationLock {
    private final Contender contender;
    private final LockConnections connections;

    TransactionNumberLock(Contender contender, LockConnections connections) {
        this.contender = contender;
        this.connections = connections;
    }

    private LockName name() throws SQLException {
        return LockName.of(connections.changelog(), connections.working());
    }

    @Override
    public Optional<LockHolder> holder() throws SQLException {
        return AdvisoryNumber.holder(connections.working(), name());
    }

    @Override
    public void tryOut() throws SQLException, LockFailed {
        connections.begin().close();
    }

    @Override
    public Optional<Held> tryAcquire() throws SQLException, LockFailed {
        LockName name = name();
        LockConnection connection = connections.begin();
        boolean taken = false;
        try {
            // as in SessionLock, another run may have made the table meanwhile, elsewhere on the search path
            taken = take(connection.connection(), name) && name().isSameAs(name);
        } finally {
            if (!taken) {
                connection.close();
            }
        }
        if (taken) {
            Log.log(Message.LOCK_TAKEN, connections.changelog(), name.text());
            Log.log(Message.LOCK_BEHIND_POOLER, connections.changelog());
        }
        return taken ? Optional.of(new HeldByTransaction(connection, name)) : Optional.empty();
    }

    private boolean take(Connection connection, LockName name) throws SQLException {
        execute(connection, "set transaction isolation level read committed");
        if (!Query.isTrue(connection, "select pg_catalog.pg_try_advisory_xact_lock(?)", name.number())) {
            return false;
        }
        Query.row(
                connection, "select pg_catalog.pg_try_advisory_xact_lock_shared(?, ?)", AdvisoryNumber.high(name), (int)
                        Instant.now().getEpochSecond());
        LockConnection.keepOpen(connection);
        say(connection, Optional.empty());
        return true;
    }

    /**
     * Until the end of the transaction. By a statement that has no snapshot and takes the place of a query that has one,
     * for which {@code CREATE INDEX CONCURRENTLY} of the work would wait for ever (14).
     */
    private void say(Connection connection, Optional<Progress> progress) throws SQLException {
        String name = AdvisoryNumber.applicationName(contender, progress)
                .replace('\\', '/')
                .replace("'", "''");
        execute(connection, "set local application_name to '" + name + "'");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private final class HeldByTransaction implements Held {
        private final LockConnection connection;
        private final LockName name;
        private Optional<Progress> progress = Optional.empty();
        private boolean released;

        HeldByTransaction(LockConnection connection, LockName name) {
            this.connection = connection;
            this.name = name;
        }

        @Override
        public void verify() throws LockLost {
            boolean ours;
            try {
                ours = !connection.connection().getAutoCommit() && AdvisoryNumber.isOurs(connection.connection(), name);
                say(connection.connection(), progress);
            } catch (SQLException e) {
                throw LockLost.silent(connections.changelog(), e);
            }
            if (!ours) {
                throw LockLost.taken(connections.changelog());
            }
        }

        @Override
        public void tell(Progress now) throws SQLException {
            progress = Optional.of(now);
            say(connection.connection(), progress);
        }

        @Override
        public void close() {
            if (!released) {
                released = true;
                connection.close();
                Log.log(Message.LOCK_RELEASED, connections.changelog());
            }
        }
    }
}
