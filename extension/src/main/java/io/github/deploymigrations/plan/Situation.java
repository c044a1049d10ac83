package io.github.deploymigrations.plan;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.Attempt;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.History;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.settings.Policies;
import io.github.deploymigrations.settings.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a plan follows from. Immutable.
 *
 * @param scripts of this release, ascending by id
 * @param changelog of the database
 * @param history beside it
 * @param standings of the scripts that were begun and not ended
 * @param target the highest revision to apply, if there is a limit
 * @param policies where these do not fit together
 */
public record Situation(
        List<Script> scripts,
        ChangeLog.Known changelog,
        History.Known history,
        Map<RevisionId, Standing> standings,
        Optional<RevisionId> target,
        Policies policies) {

    public Situation {
        scripts = List.copyOf(scripts);
        standings = Map.copyOf(standings);
    }

    /** Whether the last attempt at a revision that is not in the changelog was begun and not ended well. */
    public static boolean isOpen(Attempt attempt) {
        return attempt.kind() == Attempt.Kind.APPLY && attempt.outcome() != Attempt.Outcome.DONE;
    }

    /** Whether there is a baseline that means nothing, as there is a changelog. */
    public boolean isBaselineIgnored() {
        return new Baseline(this).isIgnored();
    }

    /** The same with a person's word about one revision, and no other. */
    Situation resolving(RevisionId id, Resolution how) {
        return new Situation(scripts, changelog, history, standings, target, policies.resolving(id, how));
    }
}
