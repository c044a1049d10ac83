package io.github.deploymigrations.plan;

import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.changelog.Attempt;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.settings.LatePolicy;
import io.github.deploymigrations.settings.NewerPolicy;
import io.github.deploymigrations.settings.Policies;
import io.github.deploymigrations.settings.Policy;
import io.github.deploymigrations.settings.Resolution;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Decides about one revision after the other, by its state, the policies and what a person has settled. */
final class Decision {
    private final Situation situation;
    private final Policies policies;
    private final Baseline baseline;
    private final Set<RevisionId> halfUndone;
    private final Map<RevisionState, List<Revision>> refused = new EnumMap<>(RevisionState.class);
    private final Map<RevisionState, List<Revision>> warned = new EnumMap<>(RevisionState.class);
    private final List<Step> records = new ArrayList<>();
    private final List<Step.Apply> steps = new ArrayList<>();
    private final List<Problem> refusals = new ArrayList<>();
    private final List<Problem> contradictions = new ArrayList<>();
    private final List<Explanation> warnings = new ArrayList<>();
    private final Set<RevisionId> settled = new HashSet<>();
    private Optional<Map<RevisionId, Script>> scripts = Optional.empty();
    private Optional<Map<RevisionId, Attempt>> latest = Optional.empty();
    private Optional<Set<RevisionId>> retired = Optional.empty();

    /**
     * @param baseline as it was before anything was undone
     * @param settled what a person has settled already
     */
    Decision(Situation situation, Baseline baseline, Set<RevisionId> settled) {
        this.settled.addAll(settled);
        this.halfUndone = situation.halfUndone().keySet();
        this.situation = situation;
        this.policies = situation.policies();
        this.baseline = baseline;
    }

    /** Made when a revision calls for something, which nearly none does. */
    private Map<RevisionId, Script> scripts() {
        if (scripts.isEmpty()) {
            Map<RevisionId, Script> all = new HashMap<>();
            for (Script script : situation.scripts()) {
                all.put(script.id(), script);
            }
            scripts = Optional.of(all);
        }
        return scripts.get();
    }

    private Map<RevisionId, Attempt> latest() {
        if (latest.isEmpty()) {
            latest = Optional.of(situation.history().latest());
        }
        return latest.get();
    }

    private Set<RevisionId> retired() {
        if (retired.isEmpty()) {
            retired = Optional.of(situation.history().retired(situation.changelog()));
        }
        return retired.get();
    }

    void on(Revision revision) {
        if (baseline.covers(revision)) {
            records.add(new Step.Baseline(scripts().get(revision.id())));
            return;
        }
        switch (revision.state()) {
            case PENDING -> apply(revision.id(), 1);
            case LATE -> late(revision);
            case CHANGED -> changed(revision);
            case MISSING -> missing(revision);
            case NEWER -> newer(revision);
            case FAILED, INTERRUPTED -> begun(revision);
            case APPLIED, BASELINE, SKIPPED, UNDONE, RUNNING -> {
                // nothing is to be done
            }
        }
    }

    private void apply(RevisionId id, int from) {
        if (situation.isWithinTarget(id)) {
            steps.add(new Step.Apply(scripts().get(id), from));
        }
    }

    private Optional<Resolution> settledAs(Revision revision, Resolution... fitting) {
        Optional<Resolution> resolution = Optional.ofNullable(policies.resolve().get(revision.id()))
                .filter(how -> List.of(fitting).contains(how));
        resolution.ifPresent(how -> settled.add(revision.id()));
        return resolution;
    }

    private void late(Revision revision) {
        boolean skip = settledAs(revision, Resolution.SKIP).isPresent();
        if (skip || policies.late() == LatePolicy.SKIP) {
            records.add(new Step.Skip(scripts().get(revision.id())));
        } else if (policies.late() == LatePolicy.APPLY) {
            apply(revision.id(), 1);
        } else {
            add(refused, revision);
        }
    }

    private void changed(Revision revision) {
        if (isAccepted(revision)) {
            records.add(new Step.Accept(revision.id(), Optional.of(scripts().get(revision.id()))));
        } else {
            byPolicy(revision, policies.changed());
        }
    }

    private void missing(Revision revision) {
        if (retired().contains(revision.id())) {
            return;
        }
        if (isAccepted(revision)) {
            records.add(new Step.Accept(revision.id(), Optional.empty()));
        } else {
            byPolicy(revision, policies.missing());
        }
    }

    /** Whether a person said that what is here counts; of one whose undo did not end well by the word that it is applied. */
    private boolean isAccepted(Revision revision) {
        return settled.contains(revision.id())
                || settledAs(revision, Resolution.ACCEPT).isPresent();
    }

    private void newer(Revision revision) {
        switch (policies.newer()) {
            // what may be undone is not here any more
            case FAIL, UNDO -> add(refused, revision);
            case WARN -> add(warned, revision);
            case IGNORE -> {
                // as the user wishes
            }
        }
    }

    private void byPolicy(Revision revision, Policy policy) {
        switch (policy) {
            case FAIL -> add(refused, revision);
            case WARN -> add(warned, revision);
            case IGNORE -> {
                // as the user wishes
            }
        }
    }

    /** A script that was begun and not ended: by a person's word, else as far as it is proved. */
    private void begun(Revision revision) {
        Script script = scripts().get(revision.id());
        if (halfUndone.contains(revision.id())) {
            // decided with what is to be undone
            return;
        }
        if (script == null) {
            elsewhere(revision);
            return;
        }
        Standing standing = situation.standings().get(revision.id());
        Optional<Resolution> resolution =
                settledAs(revision, Resolution.APPLIED, Resolution.PENDING, Resolution.RESUME);
        if (resolution.isPresent()) {
            settle(script, standing, resolution.get());
        } else if (standing instanceof Standing.Unknown unknown) {
            refusals.add(new Problem(script.path(), unknown.reason()));
        } else {
            apply(revision.id(), next(standing));
        }
    }

    private void settle(Script script, Standing standing, Resolution how) {
        boolean isWanted = situation.isWithinTarget(script.id());
        switch (how) {
            case PENDING -> {
                if (isWanted) {
                    apply(script.id(), 1);
                } else {
                    records.add(new Step.Reset(script));
                }
            }
            case APPLIED, RESUME -> {
                if (!isWanted) {
                    contradictions.add(new Problem(
                            "resolve",
                            Message.RESOLVE_ABOVE_TARGET.with(
                                    script.id(), how, situation.target().orElseThrow())));
                } else if (how == Resolution.APPLIED) {
                    records.add(new Step.CountAsApplied(script));
                } else {
                    apply(script.id(), next(standing));
                }
            }
            case ACCEPT, SKIP -> throw new IllegalArgumentException(how.toString());
        }
    }

    private void elsewhere(Revision revision) {
        if (settledAs(revision, Resolution.PENDING).isPresent()) {
            records.add(new Step.Forget(latest().get(revision.id())));
        } else {
            add(warned, revision);
        }
    }

    private static int next(Standing standing) {
        return standing instanceof Standing.GoOn goOn ? goOn.from() : ((Standing.Unknown) standing).done() + 1;
    }

    /** What is said of all revisions of one state together. */
    void end(List<Revision> revisions) {
        refusals.addAll(contradictions);
        if (baseline.refusal().isPresent()) {
            refusals.add(baseline.refusal().get());
        }
        for (Map.Entry<RevisionState, List<Revision>> group : refused.entrySet()) {
            refusals.add(refusal(group.getKey(), group.getValue()));
        }
        for (Map.Entry<RevisionState, List<Revision>> group : warned.entrySet()) {
            warnings.add(warning(group.getKey(), group.getValue()));
        }
        if (situation.target().isPresent()) {
            refuseBelow(situation.target().get(), revisions);
        }
        for (RevisionId id : new TreeSet<>(policies.resolve().keySet())) {
            if (!settled.contains(id)) {
                warnings.add(Message.RESOLVE_IGNORED.with(id));
            }
        }
    }

    private Problem refusal(RevisionState state, List<Revision> revisions) {
        Message message = switch (state) {
            case LATE -> Message.LATE_REFUSED;
            case CHANGED -> Message.CHANGED_REFUSED;
            case MISSING -> Message.MISSING_REFUSED;
            default -> policies.newer() == NewerPolicy.UNDO ? Message.UNDO_NOT_ALLOWED : Message.NEWER_REFUSED;
        };
        boolean inChangelog = state == RevisionState.MISSING || state == RevisionState.NEWER;
        return new Problem(
                inChangelog ? "changelog" : "scripts",
                message.with(revisions.size(), Names.of(revisions), Names.ids(revisions)));
    }

    private static Explanation warning(RevisionState state, List<Revision> revisions) {
        Message message = switch (state) {
            case CHANGED -> Message.CHANGED_FOUND;
            case MISSING -> Message.MISSING_FOUND;
            case NEWER -> Message.NEWER_FOUND;
            default -> Message.BEGUN_ELSEWHERE;
        };
        return message.with(revisions.size(), Names.of(revisions));
    }

    private void refuseBelow(RevisionId target, List<Revision> revisions) {
        List<Revision> above = revisions.stream()
                .filter(revision ->
                        revision.script().isPresent() && revision.state().isApplied())
                .filter(revision -> revision.id().compareTo(target) > 0)
                .toList();
        if (!above.isEmpty()) {
            refusals.add(new Problem("target", Message.TARGET_BELOW.with(target, above.size(), Names.of(above))));
        }
    }

    private static void add(Map<RevisionState, List<Revision>> groups, Revision revision) {
        groups.computeIfAbsent(revision.state(), state -> new ArrayList<>()).add(revision);
    }

    /** Whether a person's word about the revision decided. */
    boolean isSettled(RevisionId id) {
        return settled.contains(id);
    }

    List<Step> records() {
        return records;
    }

    List<Step.Apply> steps() {
        return steps;
    }

    /** Where a person's word about a revision and the target do not fit together. */
    List<Problem> contradictions() {
        return contradictions;
    }

    List<Problem> refusals() {
        return refusals;
    }

    List<Explanation> warnings() {
        return warnings;
    }
}
