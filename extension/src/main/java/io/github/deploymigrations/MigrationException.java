package io.github.deploymigrations;

import static java.util.Objects.requireNonNull;

/**
 * A run that failed. Carries the typed failure and the report of what was applied before it.
 *
 * <p>Has no stack trace and no cause: its text is the whole story for the reader of a server's log, and a driver's
 * exception could quote a JDBC URL with a password. The exceptions behind it are logged at {@code DEBUG}.
 */
public final class MigrationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient MigrationReport report;
    private final transient MigrationFailure failure;

    /** @param report of the failed run; its failure is present */
    public MigrationException(MigrationReport report) {
        super(requireNonNull(report).failure().orElseThrow().describe(), null, false, false);
        this.report = report;
        this.failure = report.failure().orElseThrow();
    }

    /** What was found and what was applied before the failure; never null. */
    public MigrationReport report() {
        return report;
    }

    /** Why the run failed; never null. */
    public MigrationFailure failure() {
        return failure;
    }

    /** The message alone: servers print this, and a class name in front of it helps nobody. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return getMessage();
    }
}
