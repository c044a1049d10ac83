package io.github.deploymigrations;

import java.time.Duration;
import java.util.List;

/**
 * Hears of a run while it happens. Found by {@link java.util.ServiceLoader} in the deployment, or given to
 * {@link Migrations#with(MigrationListener)}. Called in the thread of the run, one call at a time.
 *
 * <p>What a method throws that is called before the outcome stands ends the run, as a failure that names
 * the listener. For {@link #afterRun} and {@link #onFailure} it stands: what they throw is logged.
 */
public interface MigrationListener {

    /**
     * Something is about to be applied. What is only undone has no such call.
     *
     * @param database name of the block of settings
     * @param revisions in the order in which they are to be applied; never empty
     */
    default void beforeRun(String database, List<RevisionId> revisions) {
        // of no interest to this listener
    }

    /** The revision is about to be applied. */
    default void beforeRevision(String database, RevisionId revision) {
        // of no interest to this listener
    }

    /**
     * The revision is applied and committed; with {@code transaction=deployment} it is committed with the last.
     *
     * @param took how long its statements and rows took
     */
    default void afterRevision(String database, RevisionId revision, Duration took) {
        // of no interest to this listener
    }

    /** The revision is about to be undone. */
    default void beforeUndo(String database, RevisionId revision) {
        // of no interest to this listener
    }

    /**
     * The revision is undone and committed; with {@code transaction=deployment} it is committed with the last.
     *
     * @param took how long its statements and rows took
     */
    default void afterUndo(String database, RevisionId revision, Duration took) {
        // of no interest to this listener
    }

    /** The run ended well, whether or not there was anything to apply. */
    default void afterRun(MigrationReport report) {
        // of no interest to this listener
    }

    /** The run failed; {@link MigrationReport#failure()} says of what. */
    default void onFailure(MigrationReport report) {
        // of no interest to this listener
    }
}
