package io.github.deploymigrations.plan;

import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.changelog.AppliedRevision;
import io.github.deploymigrations.changelog.Attempt;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.scripts.UndoPart;
import io.github.deploymigrations.settings.NewerPolicy;
import io.github.deploymigrations.settings.Resolution;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Decides what is undone before anything is applied, the newest first, and about undoes that did not end well. */
final class UndoDecision {
    private final Situation situation;
    private final Map<RevisionId, Attempt> half;
    private final List<Step> records = new ArrayList<>();
    private final List<Step.Undo> steps = new ArrayList<>();
    private final List<Problem> refusals = new ArrayList<>();
    private final Set<RevisionId> settled = new HashSet<>();
    private final Set<RevisionId> undone = new LinkedHashSet<>();
    private final Set<RevisionId> restored = new HashSet<>();

    UndoDecision(Situation situation, List<Revision> revisions) {
        this.situation = situation;
        this.half = situation.halfUndone();
        List<AppliedRevision> range = UndoRange.of(situation);
        refuseTheUnapplied();
        refuseTheNewer(range);
        for (AppliedRevision row : range) {
            decide(row, true);
        }
        for (RevisionId id : new TreeSet<>(half.keySet())) {
            AppliedRevision row = situation.changelog().applied().get(id);
            if (!range.contains(row)) {
                decide(row, false);
            }
        }
        if (!undone.isEmpty()) {
            refuseTheOpen(revisions);
        }
    }

    /** @param wanted whether it is to be undone, apart from what a person settles */
    private void decide(AppliedRevision row, boolean wanted) {
        Attempt attempt = half.get(row.id());
        if (attempt == null) {
            undo(row, 1);
            return;
        }
        Standing standing = situation.standings().get(row.id());
        Optional<Resolution> resolution = settledAs(row.id());
        if (resolution.isPresent()) {
            settle(row, attempt, standing, resolution.get(), wanted);
        } else if (standing instanceof Standing.Unknown unknown) {
            refusals.add(new Problem(attempt.script(), unknown.reason()));
        } else if (wanted) {
            undo(row, ((Standing.GoOn) standing).from());
        } else {
            refusals.add(new Problem(attempt.script(), halfDone(attempt, (Standing.GoOn) standing)));
        }
    }

    private Optional<Resolution> settledAs(RevisionId id) {
        Optional<Resolution> resolution = Optional.ofNullable(
                        situation.policies().resolve().get(id))
                .filter(how -> how == Resolution.APPLIED || how == Resolution.PENDING || how == Resolution.RESUME);
        resolution.ifPresent(how -> settled.add(id));
        return resolution;
    }

    private void settle(AppliedRevision row, Attempt attempt, Standing standing, Resolution how, boolean wanted) {
        int next = standing instanceof Standing.GoOn goOn ? goOn.from() : ((Standing.Unknown) standing).done() + 1;
        switch (how) {
            case APPLIED -> {
                records.add(new Step.Forget(attempt));
                if (wanted) {
                    undo(row, 1);
                } else {
                    restored.add(row.id());
                }
            }
            case PENDING -> {
                records.add(new Step.CountAsUndone(row, attempt));
                undone.add(row.id());
            }
            default -> {
                // MyBatis undoes the newest of the changelog, or nothing
                if (wanted || row.id().equals(situation.changelog().applied().lastKey())) {
                    undo(row, next);
                } else {
                    refusals.add(new Problem(attempt.script(), halfDone(attempt, new Standing.GoOn(next))));
                }
            }
        }
    }

    private static Explanation halfDone(Attempt attempt, Standing.GoOn standing) {
        return Message.UNDO_HALF_DONE.with(
                attempt.revision(), attempt.node(), attempt.startedAt(), standing.from() - 1, attempt.statements());
    }

    private void undo(AppliedRevision row, int from) {
        UndoPart part = situation.undoParts().get(row.id());
        undone.add(row.id());
        if (part instanceof UndoPart.Usable usable) {
            steps.add(new Step.Undo(row, usable.part(), from));
        } else {
            refusals.add(((UndoPart.Unusable) part).problem());
        }
    }

    private void refuseTheUnapplied() {
        if (situation.goal() instanceof Goal.DownTo to
                && !situation.changelog().applied().containsKey(to.id())) {
            String newest = situation.changelog().applied().isEmpty()
                    ? "none"
                    : situation.changelog().applied().lastKey().toString();
            refusals.add(new Problem("changelog", Message.UNDO_TO_UNAPPLIED.with(to.id(), newest)));
        }
    }

    private void refuseTheNewer(List<AppliedRevision> range) {
        if (situation.policies().newer() == NewerPolicy.UNDO || !(situation.goal() instanceof Goal.Release)) {
            return;
        }
        List<AppliedRevision> newer = new ArrayList<>();
        for (AppliedRevision row : range) {
            if (situation.isAbove(row.id())) {
                newer.add(0, row);
            }
        }
        if (!newer.isEmpty()) {
            refusals.add(new Problem("target", Message.UNDO_NEEDS_NEWER.with(newer.size(), Names.ofRows(newer))));
        }
    }

    /** What is half there may need what is undone. */
    private void refuseTheOpen(List<Revision> revisions) {
        Map<RevisionId, Attempt> latest = situation.history().latest();
        List<Revision> open = revisions.stream()
                .filter(revision ->
                        revision.state() == RevisionState.FAILED || revision.state() == RevisionState.INTERRUPTED)
                .filter(revision -> !half.containsKey(revision.id()))
                .filter(revision -> situation.leftSomething(latest.get(revision.id())))
                .filter(revision -> !isSettledBefore(revision.id()))
                .toList();
        if (!open.isEmpty()) {
            refusals.add(new Problem("history", Message.UNDO_OPEN.with(open.size(), Names.of(open), Names.ids(open))));
        }
    }

    /**
     * Whether a person's word leaves nothing of it half there. What is gone on with or counts as applied must be wanted,
     * and below what is undone: MyBatis undoes the newest of the changelog.
     */
    private boolean isSettledBefore(RevisionId id) {
        Resolution how = situation.policies().resolve().get(id);
        if (how == null || !(situation.goal() instanceof Goal.Release)) {
            return false;
        }
        return switch (how) {
            case PENDING -> true;
            case APPLIED, RESUME ->
                situation.isWithinTarget(id) && undone.stream().allMatch(row -> row.compareTo(id) > 0);
            case ACCEPT, SKIP -> false;
        };
    }

    /** The revisions that are not applied any more when it is done. */
    Set<RevisionId> undone() {
        return undone;
    }

    /** The revisions that count as applied again by a person's word. */
    Set<RevisionId> restored() {
        return restored;
    }

    Set<RevisionId> settled() {
        return settled;
    }

    List<Step> records() {
        return records;
    }

    List<Step.Undo> steps() {
        return steps;
    }

    List<Problem> refusals() {
        return refusals;
    }
}
