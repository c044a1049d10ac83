package io.github.deploymigrations.plan;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.AppliedRevision;
import io.github.deploymigrations.settings.NewerPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Which revisions are to be undone, whether or not they can be: always the newest of the changelog. */
final class UndoRange {
    private final Situation situation;
    private final SortedMap<RevisionId, AppliedRevision> applied;

    private UndoRange(Situation situation) {
        this.situation = situation;
        this.applied = situation.changelog().applied();
    }

    /** The newest first. */
    static List<AppliedRevision> of(Situation situation) {
        List<AppliedRevision> rows = new ArrayList<>(new UndoRange(situation).rows());
        Collections.reverse(rows);
        return rows;
    }

    private List<AppliedRevision> rows() {
        if (situation.goal() instanceof Goal.Down down) {
            List<AppliedRevision> all = List.copyOf(applied.values());
            return all.subList(Math.max(0, all.size() - Math.max(0, down.steps())), all.size());
        }
        if (situation.goal() instanceof Goal.DownTo to) {
            return applied.containsKey(to.id()) ? above(to.id()) : List.of();
        }
        if (!situation.policies().allowUndo()) {
            return List.of();
        }
        Optional<RevisionId> target = situation.target();
        if (target.isPresent() && isPassed(target.get())) {
            return above(target.get());
        }
        return situation.policies().newer() == NewerPolicy.UNDO ? newer() : List.of();
    }

    /** A target that is the newest script says nothing of revisions above this release. */
    private boolean isPassed(RevisionId target) {
        return above(target).stream().anyMatch(row -> !situation.isAbove(row.id()));
    }

    private List<AppliedRevision> above(RevisionId floor) {
        return applied.values().stream()
                .filter(row -> row.id().compareTo(floor) > 0)
                .toList();
    }

    private List<AppliedRevision> newer() {
        return applied.values().stream()
                .filter(row -> situation.isAbove(row.id()))
                .toList();
    }
}
