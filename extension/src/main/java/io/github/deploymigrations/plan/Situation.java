package io.github.deploymigrations.plan;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.AppliedRevision;
import io.github.deploymigrations.changelog.Attempt;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.Doubt;
import io.github.deploymigrations.changelog.History;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.UndoPart;
import io.github.deploymigrations.settings.Policies;
import io.github.deploymigrations.settings.Resolution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that a plan follows from. Immutable.
 *
 * @param scripts of this release, ascending by id
 * @param changelog of the database
 * @param history beside it
 * @param standings of the scripts that were begun and not ended, and of such undoes of applied revisions
 * @param undoParts of the revisions that are or may be to be undone
 * @param goal of the run
 * @param target the highest revision to apply, if there is a limit
 * @param policies where these do not fit together
 */
public record Situation(
        List<Script> scripts,
        ChangeLog.Known changelog,
        History.Known history,
        Map<RevisionId, Standing> standings,
        Map<RevisionId, UndoPart> undoParts,
        Goal goal,
        Optional<RevisionId> target,
        Policies policies) {

    public Situation {
        scripts = List.copyOf(scripts);
        standings = Map.copyOf(standings);
        undoParts = Map.copyOf(undoParts);
    }

    /** Whether the last attempt at a revision that is not in the changelog was begun and not ended well. */
    public static boolean isOpen(Attempt attempt) {
        return attempt.kind() == Attempt.Kind.APPLY && attempt.outcome() != Attempt.Outcome.DONE;
    }

    /** The same with what was found out about some revisions. */
    public Situation with(Map<RevisionId, Standing> moreStandings, Map<RevisionId, UndoPart> parts) {
        return new Situation(scripts, changelog, history, moreStandings, parts, goal, target, policies);
    }

    /** Whether this release knows nothing as new as a revision. */
    boolean isAbove(RevisionId id) {
        return scripts.isEmpty() || id.compareTo(scripts.get(scripts.size() - 1).id()) > 0;
    }

    /** Whether a revision is one that may be applied. */
    boolean isWithinTarget(RevisionId id) {
        return target.isEmpty() || id.compareTo(target.get()) <= 0;
    }

    /** The last attempts to undo applied revisions that left something undone. */
    Map<RevisionId, Attempt> halfUndone() {
        Map<RevisionId, Attempt> half = new HashMap<>(history.openUndoes(changelog));
        if (!half.isEmpty()) {
            half.keySet().removeIf(id -> new Standing.GoOn(1).equals(standings.get(id)));
        }
        return half;
    }

    /** Whether something of an open attempt to apply a script may be there. */
    boolean leftSomething(Attempt attempt) {
        Standing standing = standings.get(attempt.revision());
        boolean takenBack = attempt.outcome() == Attempt.Outcome.FAILED
                && attempt.done() == 0
                && attempt.doubt() instanceof Doubt.None;
        return standing == null ? !takenBack : !standing.equals(new Standing.GoOn(1));
    }

    /**
     * As it will be when these revisions are undone.
     *
     * @param restored revisions of which a person said that their undo, which did not end well, left nothing undone
     */
    Situation without(Set<RevisionId> undone, Set<RevisionId> restored) {
        if (undone.isEmpty() && restored.isEmpty()) {
            return this;
        }
        SortedMap<RevisionId, AppliedRevision> rest = new TreeMap<>(changelog.applied());
        rest.keySet().removeAll(undone);
        Map<RevisionId, Standing> known = new HashMap<>(standings);
        restored.forEach(id -> known.put(id, new Standing.GoOn(1)));
        return new Situation(scripts, new ChangeLog.Present(rest), history, known, undoParts, goal, target, policies);
    }

    /** Whether there is a baseline that means nothing, as there is a changelog. */
    public boolean isBaselineIgnored() {
        return new Baseline(this).isIgnored();
    }

    /** The same with a person's word about one revision, and no other. */
    Situation resolving(RevisionId id, Resolution how) {
        return new Situation(
                scripts, changelog, history, standings, undoParts, goal, target, policies.resolving(id, how));
    }
}
