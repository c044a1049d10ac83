package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.lock.LockLost;
import io.github.deploymigrations.lock.MigrationLock;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** Sees to it that nothing is committed without the lock: another run may be at work as soon as it is gone. Not thread-safe. */
final class LockGuard {
    private final MigrationLock.Held lock;
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

    /** @param asksAtItsEnd whether the script is written down by {@link #asking}, before anything of it is committed */
    void beforeScript(boolean asksAtItsEnd) throws LockLost {
        if (!(asksAtItsEnd && proven)) {
            verify();
        }
        proven = false;
    }

    void beforeStatement() throws LockLost {
        if (!lock.isOfTheWorkingSession()) {
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
