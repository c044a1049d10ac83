package io.github.deploymigrations.plan;

import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.settings.Resolution;
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

    /**
     * What a person's word about one revision comes to, and nothing else; nothing to do if there is nothing to settle.
     *
     * @param how of which {@link Resolution#PENDING} only takes the revision back to where it can be applied
     */
    public static MigrationPlan settling(Situation situation, RevisionId id, Resolution how) {
        Decision decision = new Decision(situation.resolving(id, how));
        List<Revision> revisions = States.of(situation);
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
        return new MigrationPlan(revisions, records, steps, List.of(), List.of());
    }
}
