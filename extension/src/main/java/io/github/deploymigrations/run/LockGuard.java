package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.lock.LockLost;
import io.github.deploymigrations.lock.MigrationLock;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Sees to it that nothing is committed without the lock: another run may be at work as soon as it is gone. A lock of the
 * working session is asked for once a script, as without that session no statement runs any more; one on a connection of
 * its own in front of each statement and each commit; on H2, where that costs as much as a row, not in front of statements
 * that can be taken back, but once a second among them. Not thread-safe.
 */
final class LockGuard {
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final MigrationLock.Held lock;
    private long asked = System.nanoTime();
    private Optional<MigrationFailure> lost = Optional.empty();
    /** Whether it was still held when the script before was written down, and nothing ran since. */
    private boolean proven;

    LockGuard(MigrationLock.Held lock) {
        this.lock = lock;
    }

    /** What is written with the question whether the lock is still held, if that can be asked along. */
    @FunctionalInterface
    interface Writing {
        void with(Optional<MigrationLock.Proof> proof) throws SQLException, IOException;
    }

    /**
     * A script begins.
     *
     * @param asksAtItsEnd whether it is written down by {@link #asking}, before anything of it is committed
     * @param commits whether something is committed before its first statement
     */
    void beforeScript(boolean asksAtItsEnd, boolean commits) throws LockLost {
        if (lock.isOfTheWorkingSession()) {
            if (!(asksAtItsEnd && proven)) {
                verify();
            }
        } else {
            beforeCommit(commits);
        }
        proven = false;
    }

    /** Whether somebody has to know which statements commit. */
    boolean asksBeforeCommits() {
        return !lock.isOfTheWorkingSession();
    }

    /**
     * Something is about to run.
     *
     * @param commits whether it commits, or may; else it can still be taken back
     */
    void beforeCommit(boolean commits) throws LockLost {
        boolean due = commits || lock.isAskedAtEachStatement() || System.nanoTime() - asked > PAUSE_NANOS;
        if (!lock.isOfTheWorkingSession() && due) {
            verify();
        }
    }

    /** What a hook did, nobody knows. */
    void beforeHook() {
        proven = false;
    }

    void asking(Writing writing) throws SQLException, IOException {
        try {
            writing.with(lock.proof());
            proven = lock.proof().isPresent();
        } catch (LockLost e) {
            lost = Optional.of(e.failure());
            throw e;
        }
    }

    private void verify() throws LockLost {
        asked = System.nanoTime();
        try {
            lock.verify();
        } catch (LockLost e) {
            lost = Optional.of(e.failure());
            throw e;
        }
    }

    /** What to say if it was lost. */
    Optional<MigrationFailure> lost() {
        return lost;
    }
}
