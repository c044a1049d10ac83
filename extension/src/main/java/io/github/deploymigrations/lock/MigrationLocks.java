package io.github.deploymigrations.lock;

import io.github.deploymigrations.database.AdvisoryLocking;
import io.github.deploymigrations.database.Cluster;
import io.github.deploymigrations.database.Pooler;
import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.LockMode;
import io.github.deploymigrations.settings.TableName;
import java.sql.Connection;
import java.sql.SQLException;

/** Chooses the lock for a database. */
public final class MigrationLocks {
    private MigrationLocks() {}

    /**
     * The lock of a changelog, not yet taken.
     *
     * @param contender who wants it, for those who will wait
     * @param changelog that is to be worked on
     * @param working the connection that does the work, in auto-commit and in its schema
     * @param another gives a second connection in the same schema, should one be needed
     * @throws LockFailed if the mode is advisory and the product has no such locks, or a pooler would keep them
     */
    public static MigrationLock of(
            LockMode mode, Contender contender, TableName changelog, Connection working, ConnectionSource another)
            throws SQLException, LockFailed {
        Product product = Product.of(working);
        if (mode == LockMode.ADVISORY && product.advisoryLocking().isEmpty()) {
            throw new LockFailed(Message.LOCK_ADVISORY_UNAVAILABLE.with(product.title(working)));
        }
        int members = Cluster.members(working, product);
        if (members > 1 && mode != LockMode.ADVISORY) {
            return new ClusterRefusal(members, new NameLock(changelog, working));
        }
        boolean pooled = Pooler.isBetween(working, product);
        LockConnections connections = new LockConnections(working, another, changelog, product, pooled);
        if (pooled && mode == LockMode.ADVISORY && changesSessions(connections)) {
            throw new LockFailed(Message.LOCK_ADVISORY_POOLED.with());
        }
        if (pooled && mode == LockMode.AUTO) {
            return new TransactionNumberLock(contender, connections);
        }
        if (mode != LockMode.ROW && product.advisoryLocking().isPresent()) {
            return advisory(product.advisoryLocking().get(), contender, changelog, working);
        }
        LockTable table = new LockTable(changelog.withSuffix("_LOCK"), product);
        return switch (product.rowLocking()) {
            case UNCOMMITTED -> new UncommittedRowLock(contender, connections, table);
            case NOWAIT -> new NowaitRowLock(contender, connections, table);
            case SESSION -> new SessionRowLock(contender, changelog, working, table);
            case FILE -> new FileBesideLock(contender, changelog, working);
        };
    }

    /** Without a second connection nobody can tell, and whoever wrote the setting is believed. */
    private static boolean changesSessions(LockConnections connections) throws SQLException {
        try (LockConnection other = connections.begin()) {
            return Pooler.changesSessions(connections.working(), other.connection());
        } catch (LockFailed e) {
            Log.trace(Message.LOCK_ADVISORY_POOLED, e);
            return false;
        }
    }

    private static MigrationLock advisory(
            AdvisoryLocking locking, Contender contender, TableName changelog, Connection working) {
        return switch (locking) {
            case NUMBER -> new NumberLock(contender, changelog, working);
            case NAME -> new NameLock(changelog, working);
            case RESOURCE -> new ResourceLock(changelog, working);
        };
    }
}
