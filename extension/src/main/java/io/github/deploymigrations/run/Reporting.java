package io.github.deploymigrations.run;

import io.github.deploymigrations.DatabaseState;
import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.PlannedRun;
import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RunInProgress;
import io.github.deploymigrations.RunSummary;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.settings.MigrationSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what becomes the report of a run. Not thread-safe. */
final class Reporting {
    /** How many differences a warning names; the report has them all. */
    private static final int TOLD = 10;

    private final MigrationSettings settings;
    private final String mode;
    private final String node;
    private final String changelog;
    private final Instant startedAt = Instant.now();
    private final long start = System.nanoTime();
    private Optional<String> backup = Optional.empty();
    private Optional<List<String>> drift = Optional.empty();
    private Optional<RunInProgress> running = Optional.empty();
    private Duration lockWait = Duration.ZERO;
    private Optional<String> product = Optional.empty();
    private List<Revision> revisions = List.of();
    private List<Explanation> warnings = List.of();
    /** As the first look found it: what there was to settle is settled behind the run, and was not ignored. */
    private Optional<Set<Explanation>> firstWarnings = Optional.empty();

    private final List<Explanation> notices = new ArrayList<>();
    private Map<RevisionId, Duration> applied = Map.of();
    private final Map<RevisionId, Duration> undone = new LinkedHashMap<>();
    private Optional<PlannedRun> planned = Optional.empty();

    Reporting(Job job, String mode) {
        this.settings = job.settings();
        this.node = job.origin().node();
        this.changelog = job.repository().changelog().sql();
        this.mode = mode;
    }

    void product(String name) {
        product = Optional.of(name);
    }

    void plan(MigrationPlan plan) {
        revisions = plan.revisions();
        Set<Explanation> first = firstWarnings.orElseGet(() -> Set.copyOf(plan.warnings()));
        firstWarnings = Optional.of(first);
        warnings = plan.warnings().stream()
                .filter(warning -> first.contains(warning) || !warning.code().equals(Message.RESOLVE_IGNORED.code()))
                .toList();
    }

    /** What a person should know, beyond what the plan says. */
    void warn(Explanation notice) {
        if (!notices.contains(notice)) {
            notices.add(notice);
        }
    }

    /** All that this run applied, in whatever number of attempts. */
    void applied(Map<RevisionId, Duration> done) {
        applied = done;
    }

    /** These more were undone. */
    void undone(Map<RevisionId, Duration> more) {
        undone.putAll(more);
    }

    Map<RevisionId, Duration> undone() {
        return undone;
    }

    Map<RevisionId, Duration> applied() {
        return applied;
    }

    /** The database was backed up before the scripts. */
    void backup(Path file) {
        backup = Optional.of(file.toString());
    }

    Optional<String> backup() {
        return backup;
    }

    /** What was changed by hand since the last run; nothing of it is a fact, too. */
    void drift(List<String> lines) {
        drift = Optional.of(List.copyOf(lines));
    }

    /** Empty if nobody looked, or could tell. */
    Optional<List<String>> drift() {
        return drift;
    }

    /** What a run would do. */
    void planned(PlannedRun run) {
        planned = Optional.of(run);
    }

    /** It waited for another run. */
    void waited(Duration more) {
        lockWait = lockWait.plus(more);
    }

    /** Another run is at work on what was found. */
    void running(RunInProgress run) {
        running = Optional.of(run);
        revisions = revisions.stream().map(Revision::running).toList();
    }

    MigrationReport done() {
        if (running.isPresent()) {
            return report(MigrationStatus.RUNNING, Optional.empty());
        }
        for (Revision revision : revisions) {
            if (isToBeApplied(revision)) {
                return report(MigrationStatus.PENDING, Optional.empty());
            }
        }
        return report(MigrationStatus.UP_TO_DATE, Optional.empty());
    }

    private static boolean isToBeApplied(Revision revision) {
        return switch (revision.state()) {
            case PENDING, LATE -> true;
            // not of another release, which this one does not go on with
            case FAILED, INTERRUPTED -> revision.script().isPresent();
            case RUNNING, CHANGED, MISSING, NEWER, SKIPPED, BASELINE, APPLIED, UNDONE -> false;
        };
    }

    MigrationReport failed(MigrationFailure failure) {
        revisions = Revision.withFailure(revisions, failure);
        return report(MigrationStatus.FAILED, Optional.of(failure));
    }

    private MigrationReport report(MigrationStatus status, Optional<MigrationFailure> failure) {
        RunSummary run = new RunSummary(
                settings.environment(),
                mode,
                Optional.of(changelog),
                node,
                startedAt,
                Duration.ofNanos(System.nanoTime() - start),
                lockWait,
                applied,
                undone,
                backup);
        DatabaseState database = new DatabaseState(product, running, revisions, warnings(), drift);
        return new MigrationReport(settings.name(), status, run, database, failure, planned);
    }

    private static String first(List<String> lines) {
        String text = lines.stream().limit(TOLD).collect(Collectors.joining("; "));
        return lines.size() > TOLD ? text + "; and " + (lines.size() - TOLD) + " more" : text;
    }

    private List<Explanation> warnings() {
        List<Explanation> all = new ArrayList<>(warnings);
        all.addAll(notices);
        if (drift.isPresent() && !drift.get().isEmpty()) {
            all.add(Message.DRIFT_FOUND.with(drift.get().size(), first(drift.get())));
        }
        return all;
    }
}
