package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.RunInProgress;
import io.github.deploymigrations.deployment.DatabaseReport;
import io.github.deploymigrations.deployment.DeploymentReport;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.DatabaseSettings;
import io.github.deploymigrations.settings.MigrationSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a person should look after, for those who may read the status. Immutable. */
record HealthChecks(List<Issue> issues) {
    private static final String STUCK = "stuck";
    private static final int NAMED = 10;

    /** One thing of one database. */
    record Issue(String name, String database, Explanation why) {
        Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("code", why.code());
            document.put("name", name);
            document.put("database", database);
            document.put("what", why.what());
            document.put("action", why.action());
            return document;
        }
    }

    HealthChecks {
        issues = List.copyOf(issues);
    }

    /**
     * Checks all databases.
     *
     * @param run what the run of this deployment said
     * @param now the same with what is there now; empty if the databases have not answered
     * @param blockedBy the block whose failure at the start keeps the application from answering, if one does
     */
    static HealthChecks of(DeploymentReport run, Optional<DeploymentReport> now, Optional<String> blockedBy) {
        List<Issue> issues = new ArrayList<>();
        if (!run.isBlocked()) {
            // a person has mended it since
            blockedBy.ifPresent(block -> issues.add(new Issue("closed", block, Message.HEALTH_CLOSED.with())));
        }
        List<DatabaseReport> databases = now.orElse(run).databases();
        for (int index = 0; index < databases.size(); index++) {
            Optional<MigrationFailure> ofRun =
                    run.databases().get(index).report().failure();
            issues.addAll(of(databases.get(index), ofRun));
        }
        if (now.isEmpty()) {
            run.databases()
                    .forEach(database -> issues.add(new Issue(
                            "unreadable",
                            database.report().name(),
                            Message.HEALTH_UNREADABLE.with(Glance.PATIENCE.toMillis() + " ms"))));
        }
        return new HealthChecks(issues);
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(STUCK, issues.stream().anyMatch(issue -> issue.name().equals(STUCK)));
        document.put("issues", issues.stream().map(Issue::document).toList());
        return document;
    }

    private static List<Issue> of(DatabaseReport database, Optional<MigrationFailure> ofRun) {
        MigrationReport report = database.report();
        String name = report.name();
        Optional<Issue> failure = report.failure()
                .map(reason ->
                        new Issue(ofRun.isPresent() ? "failed" : "unreadable", name, FailureText.explained(reason)));
        return Stream.of(
                        database.settings().flatMap(settings -> stuck(settings, report)),
                        failure,
                        failure.isPresent()
                                ? Optional.<Issue>empty()
                                : revisions(report, "failed", Message.HEALTH_FAILED, RevisionState.FAILED::equals),
                        revisions(report, "interrupted", Message.HEALTH_INTERRUPTED, RevisionState.INTERRUPTED::equals),
                        revisions(
                                report,
                                "pending",
                                Message.HEALTH_PENDING,
                                state -> state == RevisionState.PENDING || state == RevisionState.LATE),
                        revisions(report, "changed", Message.HEALTH_CHANGED, RevisionState.CHANGED::equals),
                        drift(report))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Issue> drift(MigrationReport report) {
        return report.warnings().stream()
                .filter(warning -> warning.code().equals(Message.DRIFT_FOUND.code()))
                .map(warning -> new Issue("drift", report.name(), warning))
                .findFirst();
    }

    /** A run may take as long as {@code timeout} lets it; without one, as long as other nodes wait for it. */
    private static Optional<Issue> stuck(DatabaseSettings settings, MigrationReport report) {
        MigrationSettings migration = settings.migration();
        Duration limit = migration.timeout().orElse(migration.lockTimeout());
        return report.running()
                .flatMap(running -> running.since()
                        .map(since -> Duration.between(since, Instant.now()))
                        .filter(age -> age.compareTo(limit) > 0)
                        .map(age -> new Issue(
                                STUCK, report.name(), Message.HEALTH_STUCK.with(age, limit, describe(running)))));
    }

    private static String describe(RunInProgress running) {
        StringBuilder text = new StringBuilder(running.deployment().orElse("a run"));
        running.node().ifPresent(node -> text.append(" on ").append(node));
        running.since()
                .ifPresent(since ->
                        text.append(" since ").append(Words.time(since)).append(" UTC"));
        running.session()
                .ifPresent(session -> text.append(" (session ").append(session).append(')'));
        running.progress().ifPresent(progress -> text.append(", at ").append(progress.describe()));
        return text.toString();
    }

    private static Optional<Issue> revisions(
            MigrationReport report, String name, Message message, Predicate<RevisionState> concerned) {
        List<Revision> found = report.revisions().stream()
                .filter(revision -> concerned.test(revision.state()))
                .toList();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new Issue(name, report.name(), message.with(listed(found))));
    }

    private static String listed(List<Revision> revisions) {
        String first = revisions.stream()
                .limit(NAMED)
                .map(revision -> revision.id() + " " + revision.description())
                .collect(Collectors.joining(", "));
        return revisions.size() > NAMED ? first + " and " + (revisions.size() - NAMED) + " more" : first;
    }
}
