package io.github.deploymigrations.plan;

import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.Attempt;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.scripts.Script;
import java.util.Optional;
import java.util.Set;

/** The scripts that count as applied in a database that was there before its changelog. */
final class Baseline {
    /** What the history may know of a database in which nothing was ever applied. */
    private static final Set<Attempt.Kind> WITHOUT_EFFECT = Set.of(Attempt.Kind.SKIP, Attempt.Kind.RESET);

    private final Situation situation;
    private final Optional<RevisionId> upTo;
    private final boolean ignored;
    private final Optional<Problem> refusal;

    Baseline(Situation situation) {
        this.situation = situation;
        this.upTo = situation.policies().baseline();
        this.ignored = upTo.isPresent() && hasChangelog();
        this.refusal = upTo.isPresent() && !ignored ? refusal(upTo.get()) : Optional.empty();
    }

    /**
     * Whether anything is, or was, applied. A changelog without a row counts as none: where definitions commit (H2, MariaDB),
     * making the table and writing its rows are two transactions, and a run may have died in between. What was applied once
     * and undone since is no reason to count it as applied.
     */
    private boolean hasChangelog() {
        return !situation.changelog().applied().isEmpty()
                || situation.history().attempts().stream()
                        .anyMatch(attempt ->
                                attempt.outcome() == Attempt.Outcome.DONE && !WITHOUT_EFFECT.contains(attempt.kind()));
    }

    private Optional<Problem> refusal(RevisionId id) {
        if (situation.scripts().stream().noneMatch(script -> script.id().equals(id))) {
            return Optional.of(new Problem("baseline", Message.BASELINE_UNKNOWN.with(id)));
        }
        return situation
                .target()
                .filter(target -> target.compareTo(id) < 0)
                .map(target -> new Problem("baseline", Message.BASELINE_ABOVE_TARGET.with(id, target)));
    }

    /** Whether there is a baseline that means nothing, as there is a changelog. */
    boolean isIgnored() {
        return ignored;
    }

    /** Whether the revision counts as applied without being run. */
    boolean covers(Revision revision) {
        return revision.script().isPresent() && covers(revision.id());
    }

    /** Whether the script counts as applied without being run. */
    boolean covers(Script script) {
        return covers(script.id());
    }

    private boolean covers(RevisionId id) {
        return upTo.isPresent() && !ignored && refusal.isEmpty() && id.compareTo(upTo.get()) <= 0;
    }

    /** Why it cannot be; empty if it can. */
    Optional<Problem> refusal() {
        return refusal;
    }
}
