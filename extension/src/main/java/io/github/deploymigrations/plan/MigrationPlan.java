package io.github.deploymigrations.plan;

import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.changelog.AppliedRevision;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.scripts.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run is to do, and why it must not. Immutable.
 *
 * @param revisions all that scripts or changelog know, ascending by id
 * @param steps the scripts to apply, ascending by id
 * @param refusals why nothing may be applied; empty if it may
 */
public record MigrationPlan(List<Revision> revisions, List<Script> steps, List<Problem> refusals) {
    public MigrationPlan {
        revisions = List.copyOf(revisions);
        steps = List.copyOf(steps);
        refusals = List.copyOf(refusals);
    }

    /**
     * Decides.
     *
     * @param scripts of this release, ascending by id
     * @param changelog of the database
     * @param target the highest revision to apply, if there is a limit
     */
    public static MigrationPlan of(List<Script> scripts, ChangeLog.Known changelog, Optional<RevisionId> target) {
        List<Revision> revisions = revisions(scripts, changelog.applied());
        List<Script> steps = scripts.stream()
                .filter(script -> !changelog.applied().containsKey(script.id()))
                .filter(script -> target.isEmpty() || script.id().compareTo(target.get()) <= 0)
                .toList();
        return new MigrationPlan(revisions, steps, refusals(revisions, target));
    }

    private static List<Revision> revisions(List<Script> scripts, SortedMap<RevisionId, AppliedRevision> applied) {
        SortedMap<RevisionId, Revision> revisions = new TreeMap<>();
        Optional<RevisionId> newestApplied = applied.isEmpty() ? Optional.empty() : Optional.of(applied.lastKey());
        for (Script script : scripts) {
            Optional<AppliedRevision> row = Optional.ofNullable(applied.get(script.id()));
            RevisionState state = row.isPresent()
                    ? RevisionState.APPLIED
                    : newestApplied
                                    .filter(newest -> script.id().compareTo(newest) < 0)
                                    .isPresent()
                            ? RevisionState.LATE
                            : RevisionState.PENDING;
            revisions.put(
                    script.id(),
                    new Revision(
                            script.id(),
                            script.description(),
                            Optional.of(script.path()),
                            state,
                            row.flatMap(AppliedRevision::appliedInstant),
                            OptionalInt.of(script.statements()),
                            Optional.empty()));
        }
        Optional<RevisionId> newestScript = scripts.isEmpty()
                ? Optional.empty()
                : Optional.of(scripts.get(scripts.size() - 1).id());
        for (AppliedRevision row : applied.values()) {
            boolean newer = newestScript.isEmpty() || row.id().compareTo(newestScript.get()) > 0;
            revisions.putIfAbsent(
                    row.id(),
                    new Revision(
                            row.id(),
                            row.description(),
                            Optional.empty(),
                            newer ? RevisionState.NEWER : RevisionState.MISSING,
                            row.appliedInstant(),
                            OptionalInt.empty(),
                            Optional.empty()));
        }
        return List.copyOf(revisions.values());
    }

    private static List<Problem> refusals(List<Revision> revisions, Optional<RevisionId> target) {
        List<Problem> refusals = new ArrayList<>();
        List<Revision> late = in(revisions, RevisionState.LATE);
        if (!late.isEmpty()) {
            refusals.add(new Problem("scripts", Message.LATE_REFUSED.with(late.size(), names(late))));
        }
        List<Revision> missing = in(revisions, RevisionState.MISSING);
        if (!missing.isEmpty()) {
            refusals.add(new Problem("changelog", Message.MISSING_REFUSED.with(missing.size(), names(missing))));
        }
        List<Revision> above = in(revisions, RevisionState.APPLIED).stream()
                .filter(revision -> target.isPresent() && revision.id().compareTo(target.get()) > 0)
                .toList();
        if (!above.isEmpty()) {
            refusals.add(new Problem(
                    "changelog", Message.TARGET_BELOW.with(target.orElseThrow(), above.size(), names(above))));
        }
        return refusals;
    }

    private static List<Revision> in(List<Revision> revisions, RevisionState state) {
        return revisions.stream().filter(revision -> revision.state() == state).toList();
    }

    /** The scripts' names, or id and description where there is no script. */
    private static String names(List<Revision> revisions) {
        return revisions.stream()
                .map(revision -> revision.script().orElse(revision.id() + " " + revision.description()))
                .collect(Collectors.joining(", "));
    }
}
