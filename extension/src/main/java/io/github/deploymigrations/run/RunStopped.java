package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;

/** A phase of a run ended it; becomes the failure of the report. */
final class RunStopped extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient MigrationFailure failure;

    RunStopped(MigrationFailure failure) {
        super(failure.explanation().toString(), null, false, false);
        this.failure = failure;
    }

    MigrationFailure failure() {
        return failure;
    }
}
