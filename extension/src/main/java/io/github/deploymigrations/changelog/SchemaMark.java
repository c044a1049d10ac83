package io.github.deploymigrations.changelog;

import io.github.deploymigrations.changelog.Attempt.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * That the schema was recorded: the newest such row of the history, without its text. Immutable.
 *
 * @param number of the row
 * @param takenAt when
 * @param changelog checksum of the changelog as it was then
 */
public record SchemaMark(long number, Instant takenAt, String changelog) {

    /**
     * Why the schema may be another by now without anybody's hand: a script ran, and nobody recorded what it left.
     *
     * @param hooks whether something runs around the scripts that is not taken back with them
     * @return the reason in words; empty if there is none
     */
    public Optional<String> overtaken(ChangeLog.Known now, History.Known history, boolean hooks) {
        if (!now.checksum().equals(changelog)) {
            return Optional.of("the changelog has other rows than when the schema was recorded at " + takenAt
                    + ": the command line migrate was at work, or a run that did not record it");
        }
        return history.attempts().stream()
                .filter(attempt -> attempt.number() > number && mayHaveChanged(attempt, hooks))
                .reduce((older, newer) -> newer)
                .map(attempt -> "revision " + attempt.revision() + " was tried at " + attempt.startedAt()
                        + ", and what it left is not recorded");
    }

    /** What failed and was taken back as a whole left the schema as it was; a hook in front of it need not have. */
    private static boolean mayHaveChanged(Attempt attempt, boolean hooks) {
        boolean takenBack = !hooks
                && attempt.outcome() == Attempt.Outcome.FAILED
                && attempt.done() == 0
                && attempt.doubt() instanceof Doubt.None;
        return !takenBack && (attempt.kind() == Kind.APPLY || attempt.kind() == Kind.UNDO);
    }
}
