package io.github.deploymigrations.plan;

import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.changelog.AppliedRevision;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.settings.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a run is to do, and why it must not. Immutable.
 *
 * @param revisions all that scripts, changelog or history know, ascending by id
 * @param records what is written down without running anything
 * @param undoes the revisions to undo before anything is applied, the newest first
 * @param steps the scripts to apply, ascending by id
 * @param refusals why nothing may be done; empty if it may
 * @param warnings what a person should know all the same
 */
public record MigrationPlan(
        List<Revision> revisions,
        List<Step> records,
        List<Step.Undo> undoes,
        List<Step.Apply> steps,
        List<Problem> refusals,
        List<Explanation> warnings) {
    public MigrationPlan {
        revisions = List.copyOf(revisions);
        records = List.copyOf(records);
        undoes = List.copyOf(undoes);
        steps = List.copyOf(steps);
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }

    /** What runs statements, in order. */
    public List<Step.Running> running() {
        List<Step.Running> running = new ArrayList<>(undoes);
        running.addAll(steps);
        return running;
    }

    /** Whether a run writes nothing at all. */
    public boolean isNothingToDo() {
        return records.isEmpty() && undoes.isEmpty() && steps.isEmpty();
    }

    /** Whether another run may be at work on what the plan is about, so that it holds only under the lock. */
    public boolean mayMeetAnotherRun() {
        for (Revision revision : revisions) {
            if (revision.state() == RevisionState.INTERRUPTED || revision.state() == RevisionState.FAILED) {
                return true;
            }
        }
        return refusals.isEmpty() && !isNothingToDo();
    }

    /** The rows of the changelog that are to be undone if they can be, for which {@link Situation#undoParts} is needed. */
    public static List<AppliedRevision> toUndo(Situation situation) {
        return UndoRange.of(situation);
    }

    /** The scripts that are neither applied nor counted as applied, whose statements may have to run. */
    public static List<Script> unapplied(Situation situation) {
        Baseline baseline = new Baseline(situation);
        List<Script> unapplied = new ArrayList<>();
        for (Script script : situation.scripts()) {
            if (!situation.changelog().applied().containsKey(script.id()) && !baseline.covers(script)) {
                unapplied.add(script);
            }
        }
        return unapplied;
    }

    /** Decides. A pure function: the same situation has the same plan. */
    public static MigrationPlan of(Situation situation) {
        List<Revision> revisions = States.of(situation);
        UndoDecision undo = new UndoDecision(situation, revisions);
        List<Step> records = new ArrayList<>(undo.records());
        List<Problem> refusals = new ArrayList<>(undo.refusals());
        if (!(situation.goal() instanceof Goal.Release)) {
            return new MigrationPlan(revisions, records, undo.steps(), List.of(), refusals, List.of());
        }
        Situation rest = situation.without(undo.undone(), undo.restored());
        Decision decision = new Decision(rest, new Baseline(situation), undo.settled());
        List<Revision> remaining = undo.undone().isEmpty() && undo.restored().isEmpty() ? revisions : States.of(rest);
        for (Revision revision : remaining) {
            decision.on(revision);
        }
        decision.end(remaining);
        records.addAll(decision.records());
        refusals.addAll(decision.refusals());
        return new MigrationPlan(revisions, records, undo.steps(), decision.steps(), refusals, decision.warnings());
    }

    /**
     * What a person's word about one revision comes to, and nothing else; nothing to do if there is nothing to settle.
     *
     * @param how of which {@link Resolution#PENDING} only takes the revision back to where it can be applied
     */
    public static MigrationPlan settling(Situation situation, RevisionId id, Resolution how) {
        List<Revision> revisions = States.of(situation);
        UndoDecision undo = new UndoDecision(situation.resolving(id, how), revisions);
        if (undo.settled().contains(id)) {
            return settlingUndo(of(situation.resolving(id, how)), id, how);
        }
        Decision decision = new Decision(situation.resolving(id, how), new Baseline(situation), Set.of());
        revisions.forEach(decision::on);
        List<Step> records = new ArrayList<>();
        List<Step.Apply> steps = new ArrayList<>();
        if (decision.isSettled(id)) {
            decision.records().stream().filter(step -> step.id().equals(id)).forEach(records::add);
            decision.steps().stream().filter(step -> step.id().equals(id)).forEach(steps::add);
        }
        if (how == Resolution.PENDING) {
            steps.forEach(step -> records.add(new Step.Reset(step.script())));
            steps.clear();
        }
        return new MigrationPlan(revisions, records, List.of(), steps, decision.contradictions(), List.of());
    }

    private static MigrationPlan settlingUndo(MigrationPlan whole, RevisionId id, Resolution how) {
        return new MigrationPlan(
                whole.revisions(),
                whole.records().stream().filter(step -> step.id().equals(id)).toList(),
                whole.undoes().stream()
                        .filter(step -> how == Resolution.RESUME && step.id().equals(id))
                        .toList(),
                List.of(),
                List.of(),
                List.of());
    }
}
