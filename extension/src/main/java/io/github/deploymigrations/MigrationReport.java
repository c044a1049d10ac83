package io.github.deploymigrations;

import static java.util.Objects.requireNonNull;

import io.github.deploymigrations.messages.Explanation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run, or a look at the status, found and did on one database: the value that log, page and JSON show. Immutable.
 *
 * @param name of the block of settings
 * @param status overall
 * @param product name and version of the database, if it was reached
 * @param environment MyBatis environment
 * @param mode of the run, in the words of the configuration
 * @param changelog name of the changelog table as it stands in SQL; empty if the settings could not be read that far
 * @param node where it ran
 * @param startedAt when the run started
 * @param duration of the run
 * @param lockWait how much of it was waiting for another run
 * @param running the run that is at work on the database now, if there is one
 * @param failure why it failed, if it did
 * @param revisions ascending by id
 * @param warnings what a person should know although nothing failed
 * @param appliedNow the revisions that this run applied, in order, and how long each took
 * @param undoneNow the revisions that this run undid, the newest first, and how long each took
 * @param backup the file with the database as it was before the scripts of this run, if one was made
 * @param drift what was changed in the schema by hand since the last run, one line each with {@code +} or {@code -} in
 *     front; empty if nobody looked, or could tell
 * @param plan what a run would do, where it was asked for and nothing keeps it from being done
 */
public record MigrationReport(
        String name,
        MigrationStatus status,
        Optional<String> product,
        String environment,
        String mode,
        Optional<String> changelog,
        String node,
        Instant startedAt,
        Duration duration,
        Duration lockWait,
        Optional<RunInProgress> running,
        Optional<MigrationFailure> failure,
        List<Revision> revisions,
        List<Explanation> warnings,
        Map<RevisionId, Duration> appliedNow,
        Map<RevisionId, Duration> undoneNow,
        Optional<String> backup,
        Optional<List<String>> drift,
        Optional<PlannedRun> plan) {

    public MigrationReport {
        requireNonNull(name);
        requireNonNull(status);
        requireNonNull(product);
        requireNonNull(environment);
        requireNonNull(mode);
        requireNonNull(changelog);
        requireNonNull(node);
        requireNonNull(startedAt);
        requireNonNull(duration);
        requireNonNull(lockWait);
        requireNonNull(running);
        requireNonNull(failure);
        requireNonNull(backup);
        revisions = List.copyOf(revisions);
        warnings = List.copyOf(warnings);
        appliedNow = Collections.unmodifiableMap(new LinkedHashMap<>(appliedNow));
        undoneNow = Collections.unmodifiableMap(new LinkedHashMap<>(undoneNow));
        drift = drift.map(List::copyOf);
        requireNonNull(plan);
    }

    /** The report of whatever is no plan, and tells nothing of the schema. */
    public MigrationReport(
            String name,
            MigrationStatus status,
            Optional<String> product,
            String environment,
            String mode,
            Optional<String> changelog,
            String node,
            Instant startedAt,
            Duration duration,
            Duration lockWait,
            Optional<RunInProgress> running,
            Optional<MigrationFailure> failure,
            List<Revision> revisions,
            List<Explanation> warnings,
            Map<RevisionId, Duration> appliedNow,
            Map<RevisionId, Duration> undoneNow,
            Optional<String> backup) {
        this(
                name,
                status,
                product,
                environment,
                mode,
                changelog,
                node,
                startedAt,
                duration,
                lockWait,
                running,
                failure,
                revisions,
                warnings,
                appliedNow,
                undoneNow,
                backup,
                Optional.empty(),
                Optional.empty());
    }

    /** The same with what a run would do. */
    public MigrationReport planning(PlannedRun planned) {
        return new MigrationReport(
                name,
                status,
                product,
                environment,
                mode,
                changelog,
                node,
                startedAt,
                duration,
                lockWait,
                running,
                failure,
                revisions,
                warnings,
                appliedNow,
                undoneNow,
                backup,
                drift,
                Optional.of(planned));
    }

    /** The report of a run that ended before it could look at the database. */
    public static MigrationReport notRun(
            String name, String environment, String mode, Instant startedAt, MigrationFailure failure) {
        return new MigrationReport(
                name,
                MigrationStatus.FAILED,
                Optional.empty(),
                environment,
                mode,
                Optional.empty(),
                Node.name(),
                startedAt,
                Duration.between(startedAt, Instant.now()),
                Duration.ZERO,
                Optional.empty(),
                Optional.of(failure),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Optional.empty());
    }

    /** The report of a database that is to be left alone. */
    public static MigrationReport off(String name, String environment, String mode) {
        return new MigrationReport(
                name,
                MigrationStatus.OFF,
                Optional.empty(),
                environment,
                mode,
                Optional.empty(),
                Node.name(),
                Instant.now(),
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Optional.empty());
    }

    /**
     * This report of a run with the revisions that a later look found. What the run failed of stays its failure; a
     * later look that fails is shown as what it is.
     */
    public MigrationReport refreshed(MigrationReport later) {
        Optional<MigrationFailure> shown = failure.or(later::failure);
        List<Revision> found = later.failure().isPresent() ? revisions : later.revisions();
        return new MigrationReport(
                name,
                shown.isPresent() ? MigrationStatus.FAILED : later.status(),
                later.product().or(this::product),
                environment,
                mode,
                changelog.or(later::changelog),
                node,
                startedAt,
                duration,
                lockWait,
                later.running(),
                shown,
                failure.map(reason -> Revision.withFailure(found, reason)).orElse(found),
                later.warnings(),
                appliedNow,
                undoneNow,
                backup,
                later.drift(),
                Optional.empty());
    }

    /** The same as if the run had not failed: it is being done again. */
    public MigrationReport withoutFailure() {
        return new MigrationReport(
                name,
                status,
                product,
                environment,
                mode,
                changelog,
                node,
                startedAt,
                duration,
                lockWait,
                running,
                Optional.empty(),
                revisions,
                warnings,
                appliedNow,
                undoneNow,
                backup,
                drift,
                Optional.empty());
    }

    /** The newest revision that the database has, if it has one. */
    public Optional<RevisionId> current() {
        return revisions.stream()
                .filter(revision -> revision.state().isApplied())
                .map(Revision::id)
                .reduce((older, newer) -> newer);
    }

    /** How many revisions are in each state that occurs, in the order in which the states are declared. */
    public Map<RevisionState, Integer> counts() {
        Map<RevisionState, Integer> counts = new EnumMap<>(RevisionState.class);
        revisions.forEach(revision -> counts.merge(revision.state(), 1, Integer::sum));
        return counts;
    }

    /** The revisions in this state, ascending by id. */
    public List<Revision> in(RevisionState state) {
        return revisions.stream().filter(revision -> revision.state() == state).toList();
    }
}
