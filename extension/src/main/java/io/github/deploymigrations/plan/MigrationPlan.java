package io.github.deploymigrations.plan;

import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a run is to do, and why it must not. Immutable.
 *
 * @param revisions all that scripts, changelog or history know, ascending by id
 * @param records what is written down without running anything
 * @param steps the scripts to apply, ascending by id
 * @param refusals why nothing may be done; empty if it may
 * @param warnings what a person should know all the same
 */
public record MigrationPlan(
        List<Revision> revisions,
        List<Step> records,
        List<Step.Apply> steps,
        List<Problem> refusals,
        List<Explanation> warnings) {
    public MigrationPlan {
        revisions = List.copyOf(revisions);
        records = List.copyOf(records);
        steps = List.copyOf(steps);
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }

    /** Whether a run writes nothing at all. */
    public boolean isNothingToDo() {
        return records.isEmpty() && steps.isEmpty();
    }

    /** Whether another run may be at work on what the plan is about, so that it holds only under the lock. */
    public boolean mayMeetAnotherRun() {
        boolean begun = revisions.stream()
                .map(Revision::state)
                .anyMatch(state -> state == RevisionState.INTERRUPTED || state == RevisionState.FAILED);
        return begun || (refusals.isEmpty() && !isNothingToDo());
    }

    /** Decides. A pure function: the same situation has the same plan. */
    public static MigrationPlan of(Situation situation) {
        Decision decision = new Decision(situation);
        List<Revision> revisions = States.of(situation);
        revisions.forEach(decision::on);
        decision.end(revisions);
        List<Step.Apply> steps = new ArrayList<>(decision.steps());
        steps.sort(Comparator.comparing((Step.Apply step) -> step.script().id(), RevisionId::compareTo));
        return new MigrationPlan(revisions, decision.records(), steps, decision.refusals(), decision.warnings());
    }
}
