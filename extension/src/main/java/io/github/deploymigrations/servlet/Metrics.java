package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.Progress;
import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.RunInProgress;
import io.github.deploymigrations.deployment.DatabaseReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The status for Prometheus, all of it gauges. Names and labels are a contract with dashboards: {@code docs/http.md}. No
 * label needs escaping: blocks have plain names, states are words of ours.
 */
final class Metrics {
    private static final String PREFIX = "mybatis_migrations_";
    private static final String SECONDS = "_seconds";

    private final Exposition exposition;
    private final List<Block> blocks;
    private final StringBuilder text = new StringBuilder();

    /** What the run of this deployment said of one database, and the same with what is there now. */
    private record Block(MigrationReport run, MigrationReport now) {
        boolean isOff() {
            return run.status() == MigrationStatus.OFF;
        }

        Optional<Progress> progress() {
            return now.running().flatMap(RunInProgress::progress);
        }
    }

    private Metrics(Status status, Exposition exposition) {
        this.exposition = exposition;
        List<DatabaseReport> run = status.run().databases();
        List<DatabaseReport> now = status.now().databases();
        this.blocks = IntStream.range(0, now.size())
                .mapToObj(index ->
                        new Block(run.get(index).report(), now.get(index).report()))
                .toList();
    }

    static Answer of(Status status, Exposition exposition) {
        return new Answer(200, exposition.mediaType(), new Metrics(status, exposition).write()).with("Vary", "Accept");
    }

    private String write() {
        labelled("state", "1 for the overall state that the database is in, 0 for the others", Metrics::states);
        labelled("revisions", "Revisions in each state", Metrics::revisions);
        gauge(
                "run_failed",
                "Whether the run of this deployment failed",
                block -> Optional.of(flag(block.run().failure().isPresent())));
        gauge(
                "run_duration_seconds",
                "How long the run of this deployment took",
                block -> ran(block).map(report -> seconds(report.duration())));
        gauge(
                "lock_wait_seconds",
                "How much of it was waiting for another run",
                block -> ran(block).map(report -> seconds(report.lockWait())));
        gauge(
                "last_success_timestamp_seconds",
                "When the run of this deployment ended well",
                block -> ran(block)
                        .filter(report -> report.failure().isEmpty())
                        .map(report -> seconds(report.startedAt().plus(report.duration()))));
        gauge("last_applied_timestamp_seconds", "When a revision was last applied", block -> lastApplied(block.now()));
        gauge(
                "running",
                "Whether a run is at work, here or elsewhere",
                block -> Optional.of(flag(block.now().running().isPresent())));
        gauge(
                "running_age_seconds",
                "How long it has been at work",
                block -> block.now().running().flatMap(RunInProgress::since).map(Metrics::age));
        gauge(
                "running_script",
                "Which script of its run it applies",
                block -> block.progress()
                        .map(Progress::number)
                        .flatMap(number -> number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty()));
        gauge(
                "running_scripts",
                "How many scripts its run has",
                block -> block.progress()
                        .map(Progress::scripts)
                        .flatMap(scripts -> scripts.isPresent() ? Optional.of(scripts.getAsInt()) : Optional.empty()));
        gauge(
                "running_statement",
                "Which statement of its script it runs",
                block -> block.progress().map(Progress::statement));
        gauge(
                "running_statements",
                "How many statements its script has",
                block -> block.progress().map(Progress::statements));
        return text + (exposition == Exposition.OPENMETRICS ? "# EOF\n" : "");
    }

    private static Map<String, Number> states(Block block) {
        Map<String, Number> samples = new LinkedHashMap<>();
        for (MigrationStatus status : MigrationStatus.values()) {
            samples.put(",status=\"" + status + "\"", flag(block.now().status() == status));
        }
        return samples;
    }

    private static Map<String, Number> revisions(Block block) {
        Map<RevisionState, Integer> counts = block.now().counts();
        Map<String, Number> samples = new LinkedHashMap<>();
        for (RevisionState state : RevisionState.values()) {
            samples.put(",state=\"" + state + "\"", counts.getOrDefault(state, 0));
        }
        return samples;
    }

    private static Optional<MigrationReport> ran(Block block) {
        return block.isOff() ? Optional.empty() : Optional.of(block.run());
    }

    private static Optional<Number> lastApplied(MigrationReport report) {
        return report.revisions().stream()
                .map(Revision::appliedAt)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .map(Metrics::seconds);
    }

    private void gauge(String name, String help, Function<Block, Optional<? extends Number>> value) {
        labelled(
                name,
                help,
                block -> value.apply(block)
                        .map(number -> Map.<String, Number>of("", number))
                        .orElse(Map.of()));
    }

    /** @param samples by their further labels, each behind a comma */
    private void labelled(String name, String help, Function<Block, Map<String, Number>> samples) {
        List<String> lines = blocks.stream()
                .flatMap(block -> samples.apply(block).entrySet().stream()
                        .map(sample -> PREFIX + name + "{block=\"" + block.now().name() + "\"" + sample.getKey() + "} "
                                + sample.getValue()))
                .toList();
        if (!lines.isEmpty()) {
            describe(PREFIX + name, help);
            lines.forEach(line -> text.append(line).append('\n'));
        }
    }

    private void describe(String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append(".\n");
        text.append("# TYPE ").append(name).append(" gauge\n");
        if (exposition == Exposition.OPENMETRICS && name.endsWith(SECONDS)) {
            text.append("# UNIT ").append(name).append(" seconds\n");
        }
    }

    private static int flag(boolean value) {
        return value ? 1 : 0;
    }

    private static BigDecimal seconds(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3);
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3);
    }

    /** By clocks of two machines, and never below nothing. */
    private static Number age(Instant since) {
        return seconds(Duration.between(since, Instant.now())).max(BigDecimal.ZERO);
    }
}
