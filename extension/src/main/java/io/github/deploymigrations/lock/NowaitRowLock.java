package io.github.deploymigrations.lock;

import io.github.deploymigrations.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A row that is selected for update in a transaction which stays open (PostgreSQL, Oracle). Nobody can read what that
 * transaction wrote, so a second row tells who it is; that one is committed, and counts only while the first is locked.
 */
final class NowaitRowLock implements MigrationLock {
    private final Contender contender;
    private final LockConnections connections;
    private final LockTable table;

    NowaitRowLock(Contender contender, LockConnections connections, LockTable table) {
        this.contender = contender;
        this.connections = connections;
        this.table = table;
    }

    @Override
    public Optional<LockHolder> holder() throws SQLException {
        Optional<LockHolder> note = table.holder(connections.working(), " where ID = " + LockTable.NOTE);
        try {
            // in auto-commit, so that the row is free again with the end of the statement
            return note.isEmpty() || take(connections.working()) ? Optional.empty() : note;
        } catch (SQLException e) {
            // a user who may only read cannot tell whether the note is a dead holder's
            LockTable.hidden(e);
            return Optional.empty();
        }
    }

    @Override
    public void tryOut() throws SQLException, LockFailed {
        connections.begin().close();
    }

    @Override
    public Optional<Held> tryAcquire() throws SQLException, LockFailed {
        LockConnection connection = connections.begin();
        boolean taken = false;
        try {
            table.ensure(connections.working());
            taken = take(connection.connection());
            return taken ? Optional.of(held(connection)) : Optional.empty();
        } finally {
            if (!taken) {
                connection.close();
            }
        }
    }

    private boolean take(Connection connection) throws SQLException {
        try {
            return Query.row(
                            connection,
                            "select ID from " + table.sql() + " where ID = " + LockTable.LOCK + " for update nowait")
                    .isPresent();
        } catch (SQLException e) {
            if (table.product().isLocked(e)) {
                return false;
            }
            throw e;
        }
    }

    private Held held(LockConnection connection) throws SQLException {
        String token = UUID.randomUUID().toString();
        LockHolder self = LockHolder.of(contender, Instant.now(), connections.session(connection.connection()));
        try {
            if (table.product().hasPostgresCatalog()) {
                LockConnection.keepOpen(connection.connection());
            }
            table.write(connection.connection(), LockTable.LOCK, token, self);
            table.write(connections.working(), LockTable.NOTE, token, self);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new HeldByRow(connections.changelog(), table, connection, token);
    }
}
