package io.github.deploymigrations.lock;

import io.github.deploymigrations.database.Errors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A row that is updated in a transaction which stays open (H2, Derby, Db2 and unknown products). Who is written in it is
 * never committed: those who read uncommitted rows see the holder while he is alive, and nothing afterwards.
 *
 * <p>Not every product can be told not to wait (Derby 10.16 waits a minute, and cannot be cancelled), so the row is
 * looked at first. One who looks in the moment before another takes it may wait in the database, with nothing but this
 * transaction open.
 */
final class UncommittedRowLock implements MigrationLock {
    private static final String WHERE = " where ID <= " + LockTable.LOCK + " and HOLDER_NODE is not null";

    private final Contender contender;
    private final LockConnections connections;
    private final LockTable table;

    UncommittedRowLock(Contender contender, LockConnections connections, LockTable table) {
        this.contender = contender;
        this.connections = connections;
        this.table = table;
    }

    @Override
    public Optional<LockHolder> holder() throws SQLException {
        return table.holder(connections.working(), WHERE);
    }

    @Override
    public void tryOut() throws SQLException, LockFailed {
        connections.begin().close();
    }

    @Override
    public Optional<Held> tryAcquire() throws SQLException, LockFailed {
        if (holder().isPresent()) {
            return Optional.empty();
        }
        LockConnection connection = connections.begin();
        boolean taken = false;
        try {
            table.ensure(connections.working());
            if (table.product().hasCatalogs()) {
                connection.keepSessionOpen();
            }
            String token = UUID.randomUUID().toString();
            taken = take(connection.connection(), token);
            return taken
                    ? Optional.of(new HeldByRow(connections.changelog(), table, connection, token))
                    : Optional.empty();
        } finally {
            if (!taken) {
                connection.close();
            }
        }
    }

    private boolean take(Connection connection, String token) throws SQLException {
        LockHolder self = LockHolder.of(contender, Instant.now(), connections.session(connection));
        try {
            return table.write(connection, LockTable.LOCK, token, self) == 1 && isAlone(connection, token, self);
        } catch (SQLException e) {
            if (table.product().isLocked(e) || isThereAgain(e)) {
                return false;
            }
            throw e;
        }
    }

    /** H2 (2.4.240) changes a row by removing and adding it; a rollback of the one before may add it in between. */
    private boolean isThereAgain(SQLException thrown) {
        return table.product().rollsBackOverOthers()
                && Errors.driver(thrown) instanceof SQLIntegrityConstraintViolationException;
    }

    /**
     * Where a locked row may become free although we have it, a row of our own, of which that cannot be said, tells others.
     * Each adds his before he looks for others: of any two, one sees the other, and gives way.
     */
    private boolean isAlone(Connection connection, String token, LockHolder self) throws SQLException {
        if (!table.product().rollsBackOverOthers()) {
            return true;
        }
        table.add(connection, token, self);
        return !table.hasOthers(connections.working(), token);
    }
}
