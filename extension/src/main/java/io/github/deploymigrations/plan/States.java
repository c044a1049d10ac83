package io.github.deploymigrations.plan;

import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.changelog.AppliedRevision;
import io.github.deploymigrations.changelog.Attempt;
import io.github.deploymigrations.scripts.Script;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The state of each revision that scripts, changelog or history know. */
final class States {
    private final Situation situation;
    private final Map<RevisionId, Attempt> latest;
    private final Map<RevisionId, Attempt> recorded;
    private final Map<RevisionId, Attempt> appliedBy;
    private final Map<RevisionId, Attempt> halfUndone;
    private final Set<RevisionId> baselined;
    private final SortedMap<RevisionId, AppliedRevision> applied;

    private States(Situation situation) {
        this.situation = situation;
        this.latest = situation.history().latest();
        this.recorded = situation.history().recorded(situation.changelog());
        this.appliedBy = situation.history().appliedBy(situation.changelog());
        this.halfUndone = situation.halfUndone();
        this.baselined = situation.history().baselined(situation.changelog());
        this.applied = situation.changelog().applied();
    }

    /** Ascending by id. */
    static List<Revision> of(Situation situation) {
        return new States(situation).revisions();
    }

    private List<Revision> revisions() {
        SortedMap<RevisionId, Revision> revisions = new TreeMap<>();
        for (Script script : situation.scripts()) {
            revisions.put(script.id(), ofScript(script));
        }
        for (AppliedRevision row : applied.values()) {
            if (!revisions.containsKey(row.id())) {
                revisions.put(row.id(), withoutScript(row));
            }
        }
        for (Attempt attempt : latest.values()) {
            if (!revisions.containsKey(attempt.revision())) {
                withoutAnything(attempt).ifPresent(found -> revisions.put(found.id(), found));
            }
        }
        return List.copyOf(revisions.values());
    }

    private Revision ofScript(Script script) {
        Optional<AppliedRevision> row = Optional.ofNullable(applied.get(script.id()));
        Optional<Attempt> attempt = Optional.ofNullable(appliedBy.get(script.id()));
        return new Revision(
                script.id(),
                script.description(),
                Optional.of(script.path()),
                row.isPresent() ? applied(script) : open(script.id()),
                appliedAt(row, attempt),
                attempt.isPresent(),
                attempt.flatMap(Attempt::took),
                node(attempt),
                row.isPresent() ? recordedStatements(script.id()) : script.countedStatements(),
                Optional.of(script.checksum()),
                Optional.empty());
    }

    private static Optional<Instant> appliedAt(Optional<AppliedRevision> row, Optional<Attempt> attempt) {
        if (attempt.isPresent() && attempt.get().endedAt().isPresent()) {
            return attempt.get().endedAt();
        }
        return row.isPresent() ? row.get().appliedInstant() : Optional.empty();
    }

    private Optional<String> checksum(RevisionId id) {
        Attempt attempt = recorded.get(id);
        return attempt == null ? Optional.empty() : attempt.checksum();
    }

    /** Of what is applied: its script is not looked through any more. */
    private OptionalInt recordedStatements(RevisionId id) {
        Attempt attempt = recorded.get(id);
        return attempt == null ? OptionalInt.empty() : OptionalInt.of(attempt.statements());
    }

    private static Optional<String> node(Optional<Attempt> attempt) {
        return attempt.isPresent() ? Optional.of(attempt.get().node()) : Optional.empty();
    }

    private RevisionState applied(Script script) {
        if (halfUndone.containsKey(script.id())) {
            return begun(halfUndone.get(script.id()));
        }
        Optional<String> recordedText = checksum(script.id());
        if (recordedText.isPresent() && !recordedText.get().equals(script.checksum())) {
            return RevisionState.CHANGED;
        }
        return baselined.contains(script.id()) ? RevisionState.BASELINE : RevisionState.APPLIED;
    }

    private RevisionState open(RevisionId id) {
        Attempt attempt = latest.get(id);
        if (attempt != null && Situation.isOpen(attempt)) {
            return begun(attempt);
        }
        boolean late = !applied.isEmpty() && id.compareTo(applied.lastKey()) < 0;
        if (!late) {
            return RevisionState.PENDING;
        }
        return attempt != null && attempt.kind() == Attempt.Kind.SKIP ? RevisionState.SKIPPED : RevisionState.LATE;
    }

    private static RevisionState begun(Attempt attempt) {
        return attempt.outcome() == Attempt.Outcome.STARTED ? RevisionState.INTERRUPTED : RevisionState.FAILED;
    }

    private Revision withoutScript(AppliedRevision row) {
        RevisionState unknown = situation.isAbove(row.id()) ? RevisionState.NEWER : RevisionState.MISSING;
        Optional<Attempt> attempt = Optional.ofNullable(appliedBy.get(row.id()));
        return new Revision(
                row.id(),
                row.description(),
                Optional.empty(),
                Optional.ofNullable(halfUndone.get(row.id())).map(States::begun).orElse(unknown),
                appliedAt(Optional.of(row), attempt),
                attempt.isPresent(),
                attempt.flatMap(Attempt::took),
                node(attempt),
                OptionalInt.empty(),
                checksum(row.id()),
                Optional.empty());
    }

    /** What only the history knows: undone, or begun by a release that is not this one. */
    private static Optional<Revision> withoutAnything(Attempt attempt) {
        Optional<RevisionState> state = Situation.isOpen(attempt)
                ? Optional.of(begun(attempt))
                : attempt.kind() == Attempt.Kind.UNDO ? Optional.of(RevisionState.UNDONE) : Optional.empty();
        return state.map(found -> new Revision(
                attempt.revision(),
                attempt.description(),
                Optional.empty(),
                found,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                attempt.checksum(),
                Optional.empty()));
    }
}
