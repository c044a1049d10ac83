package io.github.deploymigrations;

import static java.util.Objects.requireNonNull;

import io.github.deploymigrations.messages.Explanation;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run, or a look at the status, found and did on one database: the value that log, page and JSON show. Immutable.
 *
 * @param name of the block of settings
 * @param status overall
 * @param run what was to be done, and was
 * @param database what was found
 * @param failure why the run failed, if it did
 * @param plan what a run would do, where it was asked for and nothing keeps it from being done
 */
public record MigrationReport(
        String name,
        MigrationStatus status,
        RunSummary run,
        DatabaseState database,
        Optional<MigrationFailure> failure,
        Optional<PlannedRun> plan) {

    public MigrationReport {
        requireNonNull(name);
        requireNonNull(status);
        requireNonNull(run);
        requireNonNull(database);
        requireNonNull(failure);
        requireNonNull(plan);
    }

    /** The report of a run that ended before it could look at the database. */
    public static MigrationReport notRun(
            String name, String environment, String mode, Instant startedAt, MigrationFailure failure) {
        return new MigrationReport(
                name,
                MigrationStatus.FAILED,
                RunSummary.ofNothing(environment, mode, startedAt),
                DatabaseState.UNKNOWN,
                Optional.of(failure),
                Optional.empty());
    }

    /** The report of a database that is to be left alone. */
    public static MigrationReport off(String name, String environment, String mode) {
        return new MigrationReport(
                name,
                MigrationStatus.OFF,
                RunSummary.ofNothing(environment, mode, Instant.now()),
                DatabaseState.UNKNOWN,
                Optional.empty(),
                Optional.empty());
    }

    /** The same with what a run would do. */
    public MigrationReport planning(PlannedRun planned) {
        return new MigrationReport(name, status, run, database, failure, Optional.of(planned));
    }

    /** The same as if the run had not failed: it is being done again. */
    public MigrationReport withoutFailure() {
        return new MigrationReport(name, status, run, database, Optional.empty(), Optional.empty());
    }

    /**
     * This report of a run with what a later look found. What the run failed of stays its failure; a later look that
     * fails is shown as what it is.
     */
    public MigrationReport refreshed(MigrationReport later) {
        Optional<MigrationFailure> shown = failure.or(later::failure);
        List<Revision> found = later.failure().isPresent() ? revisions() : later.revisions();
        return new MigrationReport(
                name,
                shown.isPresent() ? MigrationStatus.FAILED : later.status(),
                changelog().isPresent() ? run : run.on(later.changelog()),
                new DatabaseState(
                        later.product().or(this::product),
                        later.running(),
                        failure.map(reason -> Revision.withFailure(found, reason))
                                .orElse(found),
                        later.warnings(),
                        later.drift()),
                shown,
                Optional.empty());
    }

    /** The newest revision that the database has, if it has one. */
    public Optional<RevisionId> current() {
        for (int index = revisions().size() - 1; index >= 0; index--) {
            Revision revision = revisions().get(index);
            if (revision.state().isApplied()) {
                return Optional.of(revision.id());
            }
        }
        return Optional.empty();
    }

    /** How many revisions are in each state that occurs, in the order in which the states are declared. */
    public Map<RevisionState, Integer> counts() {
        Map<RevisionState, Integer> counts = new EnumMap<>(RevisionState.class);
        revisions().forEach(revision -> counts.merge(revision.state(), 1, Integer::sum));
        return counts;
    }

    /** The revisions in this state, ascending by id. */
    public List<Revision> in(RevisionState state) {
        return revisions().stream()
                .filter(revision -> revision.state() == state)
                .toList();
    }

    /** What {@link DatabaseState#product()} tells. */
    public Optional<String> product() {
        return database.product();
    }

    /** What {@link DatabaseState#running()} tells. */
    public Optional<RunInProgress> running() {
        return database.running();
    }

    /** What {@link DatabaseState#revisions()} tells. */
    public List<Revision> revisions() {
        return database.revisions();
    }

    /** What {@link DatabaseState#warnings()} tells. */
    public List<Explanation> warnings() {
        return database.warnings();
    }

    /** What {@link DatabaseState#drift()} tells. */
    public Optional<List<String>> drift() {
        return database.drift();
    }

    /** What {@link RunSummary#environment()} tells. */
    public String environment() {
        return run.environment();
    }

    /** What {@link RunSummary#mode()} tells. */
    public String mode() {
        return run.mode();
    }

    /** What {@link RunSummary#changelog()} tells. */
    public Optional<String> changelog() {
        return run.changelog();
    }

    /** What {@link RunSummary#node()} tells. */
    public String node() {
        return run.node();
    }

    /** What {@link RunSummary#startedAt()} tells. */
    public Instant startedAt() {
        return run.startedAt();
    }

    /** What {@link RunSummary#duration()} tells. */
    public Duration duration() {
        return run.duration();
    }

    /** What {@link RunSummary#lockWait()} tells. */
    public Duration lockWait() {
        return run.lockWait();
    }

    /** What {@link RunSummary#applied()} tells. */
    public Map<RevisionId, Duration> appliedNow() {
        return run.applied();
    }

    /** What {@link RunSummary#undone()} tells. */
    public Map<RevisionId, Duration> undoneNow() {
        return run.undone();
    }

    /** What {@link RunSummary#backup()} tells. */
    public Optional<String> backup() {
        return run.backup();
    }
}
