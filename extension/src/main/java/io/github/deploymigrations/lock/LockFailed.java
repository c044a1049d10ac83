package io.github.deploymigrations.lock;

import io.github.deploymigrations.DatabaseError;
import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.messages.Explanation;
import java.util.Optional;

/** The lock could not be taken, and the run must not go on. */
public final class LockFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient MigrationFailure failure;

    LockFailed(Explanation explanation) {
        this(explanation, Optional.empty());
    }

    LockFailed(Explanation explanation, Optional<DatabaseError> database) {
        super(explanation.toString(), null, false, false);
        this.failure = new MigrationFailure.NotLocked(explanation, database);
    }

    /** What the report says; never null. */
    public MigrationFailure failure() {
        return failure;
    }
}
