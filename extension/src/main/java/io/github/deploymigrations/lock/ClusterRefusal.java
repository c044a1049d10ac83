package io.github.deploymigrations.lock;

import io.github.deploymigrations.messages.Message;
import java.sql.SQLException;
import java.util.Optional;

/**
 * In place of a lock that would hold on one node of a cluster only. In Galera {@code GET_LOCK} is granted on all nodes at
 * once, and a row that is locked on one is free on the others until a commit decides (seen on MariaDB 10.11 with galera-4);
 * definitions are decided by nothing. Who holds the one node's lock is still told to those who only look.
 */
final class ClusterRefusal implements MigrationLock {
    private final int members;
    private final MigrationLock ofOneNode;

    ClusterRefusal(int members, MigrationLock ofOneNode) {
        this.members = members;
        this.ofOneNode = ofOneNode;
    }

    @Override
    public void tryOut() throws LockFailed {
        throw new LockFailed(Message.LOCK_OF_CLUSTER.with(members));
    }

    @Override
    public Optional<Held> tryAcquire() throws LockFailed {
        throw new LockFailed(Message.LOCK_OF_CLUSTER.with(members));
    }

    @Override
    public Optional<LockHolder> holder() throws SQLException {
        return ofOneNode.holder();
    }
}
