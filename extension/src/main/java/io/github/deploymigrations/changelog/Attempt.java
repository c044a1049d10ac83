package io.github.deploymigrations.changelog;

import io.github.deploymigrations.RevisionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of the history: what was tried with a revision. Immutable.
 *
 * @param number of the attempt, ascending in time
 * @param revision concerned
 * @param kind of the attempt
 * @param outcome of it
 * @param description of the revision
 * @param script where there was one; empty else
 * @param checksum of the script's up part, where there was a script
 * @param statements of the script
 * @param done how many statements of the script are committed for sure
 * @param doneChecksum of the script's text up to there
 * @param doubt what is known of the statement behind them
 * @param startedAt when
 * @param endedAt when it ended, if it did
 * @param changelogAt the text in the changelog's row that belongs to it
 * @param node where it ran
 * @param deployment that ran it
 * @param actor who wanted it: a person, or the database's user for a deployment
 */
public record Attempt(
        long number,
        RevisionId revision,
        Kind kind,
        Outcome outcome,
        String description,
        String script,
        Optional<String> checksum,
        int statements,
        int done,
        String doneChecksum,
        Doubt doubt,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<String> changelogAt,
        String node,
        String deployment,
        String actor) {

    /** Whether this row of the changelog is the one that belongs to it, and was not written anew since. */
    public boolean belongsTo(AppliedRevision row) {
        return row != null && changelogAt.isPresent() && changelogAt.get().equals(row.appliedAt());
    }

    /** How long it took; empty if it has not ended, or the node's clock was set back meanwhile. */
    public Optional<Duration> took() {
        return endedAt.map(end -> Duration.between(startedAt, end)).filter(duration -> !duration.isNegative());
    }

    /** What was tried. */
    public enum Kind {
        /** The script was applied. */
        APPLY,
        /** It was found applied by somebody else, and its text is remembered. */
        SEEN,
        /** It counts as applied, as the database was there before its changelog. */
        BASELINE,
        /** It was undone. */
        UNDO,
        /** A person said that what is here counts. */
        ACCEPT,
        /** It is not to be applied. */
        SKIP,
        /** A person said that nothing of it is there. */
        RESET
    }

    /** How it ended. */
    public enum Outcome {
        /** Not yet, or nobody was left to say so. */
        STARTED,
        DONE,
        FAILED
    }
}
