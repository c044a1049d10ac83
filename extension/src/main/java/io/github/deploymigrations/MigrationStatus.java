package io.github.deploymigrations;

/** The overall state of a database, or of all of them; declared from worst to best. */
public enum MigrationStatus {
    /** The run of this deployment failed. */
    FAILED,
    /** A run is under way. */
    RUNNING,
    /** Scripts of this deployment are not applied. */
    PENDING,
    /** Every script of this deployment is applied. */
    UP_TO_DATE,
    /** Migrations are switched off. */
    OFF;

    /** The worse of the two; {@code OFF} only if both are off. */
    public MigrationStatus worse(MigrationStatus other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
