package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;

/** A phase of a run ended it; becomes the failure of the report. */
final class RunStopped extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient MigrationFailure failure;
    private final boolean again;

    RunStopped(MigrationFailure failure) {
        this(failure, false);
    }

    /** @param again whether the same can be tried again as if nothing had happened */
    RunStopped(MigrationFailure failure, boolean again) {
        super(failure.explanation().toString(), null, false, false);
        this.failure = failure;
        this.again = again;
    }

    MigrationFailure failure() {
        return failure;
    }

    boolean isWorthATry() {
        return again;
    }
}
