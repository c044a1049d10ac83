package io.github.deploymigrations;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One revision as it was found: by a script, by a changelog row, or by both. Immutable.
 *
 * @param id the revision's id
 * @param description of the script's file name, else of the changelog row
 * @param script the script's path inside its repository's class path or folder, if this deployment has it
 * @param state what script and changelog say together
 * @param appliedAt when it was applied, if it was and the changelog's text can be read as a time in this machine's zone
 * @param appliedAtExact whether the time is the history's; the changelog's has seconds, and no zone
 * @param duration of the attempt that applied it, if the history knows it
 * @param node that applied it, if the history knows it
 * @param statements how many statements were applied, as the history has it, or are to be, as the script has it; empty if neither tells
 * @param checksum of the script's up part, else of what was applied, with the name of its algorithm
 * @param error why the last attempt failed, if it did
 */
public record Revision(
        RevisionId id,
        String description,
        Optional<String> script,
        RevisionState state,
        Optional<Instant> appliedAt,
        boolean appliedAtExact,
        Optional<Duration> duration,
        Optional<String> node,
        OptionalInt statements,
        Optional<String> checksum,
        Optional<MigrationFailure> error) {

    public Revision {
        requireNonNull(id);
        requireNonNull(description);
        requireNonNull(script);
        requireNonNull(state);
        requireNonNull(appliedAt);
        requireNonNull(duration);
        requireNonNull(node);
        requireNonNull(statements);
        requireNonNull(checksum);
        requireNonNull(error);
    }

    /** The revisions with the one marked whose script is the reason of the failure, if it is not applied. */
    public static List<Revision> withFailure(List<Revision> revisions, MigrationFailure failure) {
        Optional<String> failed = failure.statement().map(FailedStatement::script);
        return revisions.stream()
                .map(revision -> failed.isPresent() && revision.script.equals(failed) && !revision.state.isApplied()
                        ? revision.failed(failure)
                        : revision)
                .toList();
    }

    /** The revision as it is while a run is at work: what was begun, and has not ended, runs. */
    public Revision running() {
        return state == RevisionState.INTERRUPTED ? with(RevisionState.RUNNING, error) : this;
    }

    private Revision failed(MigrationFailure failure) {
        return with(RevisionState.FAILED, Optional.of(failure));
    }

    private Revision with(RevisionState other, Optional<MigrationFailure> reason) {
        return new Revision(
                id,
                description,
                script,
                other,
                appliedAt,
                appliedAtExact,
                duration,
                node,
                statements,
                checksum,
                reason);
    }
}
