package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.Progress;
import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RunInProgress;
import io.github.deploymigrations.deployment.DatabaseReport;
import io.github.deploymigrations.deployment.DeploymentReport;
import io.github.deploymigrations.settings.DatabaseSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The status as a document for programs. Every field is always there, null where it is not known; names and meanings are
 * the contract with those programs.
 */
final class StatusDocument {
    private StatusDocument() {}

    static Map<String, Object> of(DeploymentReport report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("status", report.status().name());
        document.put(
                "databases",
                report.databases().stream().map(StatusDocument::database).toList());
        return document;
    }

    private static Map<String, Object> database(DatabaseReport database) {
        MigrationReport report = database.report();
        // without settings, what the report says of them is only what would have been the defaults
        boolean known = database.settings().isPresent();
        boolean ran = report.status() != MigrationStatus.OFF;
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", report.name());
        document.put("status", report.status().name());
        document.put("dataSource", orNull(database.settings().map(DatabaseSettings::dataSource)));
        document.put("product", orNull(report.product()));
        document.put("environment", known ? report.environment() : null);
        document.put(
                "mode",
                orNull(database.settings().map(settings -> settings.mode().toString())));
        document.put("changelog", orNull(report.changelog()));
        document.put("current", orNull(report.current().map(RevisionId::toString)));
        document.put("node", report.node());
        document.put("backup", orNull(report.backup()));
        document.put("drift", orNull(report.drift()));
        document.put("startedAt", ran ? text(report.startedAt()) : null);
        document.put("durationMillis", ran ? report.duration().toMillis() : null);
        document.put("lockWaitMillis", ran ? report.lockWait().toMillis() : null);
        document.put("running", orNull(report.running().map(StatusDocument::running)));
        document.put("counts", counts(report));
        document.put("failure", orNull(report.failure().map(StatusDocument::failure)));
        document.put(
                "revisions",
                report.revisions().stream()
                        .map(revision -> revision(revision, report))
                        .toList());
        return document;
    }

    private static Map<String, Object> running(RunInProgress run) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("node", orNull(run.node()));
        document.put("deployment", orNull(run.deployment()));
        document.put("since", orNull(run.since().map(StatusDocument::text)));
        document.put("session", orNull(run.session()));
        document.put("progress", orNull(run.progress().map(StatusDocument::progress)));
        return document;
    }

    private static Map<String, Object> progress(Progress progress) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("script", orNull(progress.script()));
        document.put("number", orNull(progress.number()));
        document.put("scripts", orNull(progress.scripts()));
        document.put("statement", progress.statement());
        document.put("statements", progress.statements());
        document.put("rows", progress.rows().isPresent() ? progress.rows().getAsLong() : null);
        document.put("startedAt", orNull(progress.startedAt().map(StatusDocument::text)));
        return document;
    }

    private static Map<String, Object> counts(MigrationReport report) {
        Map<String, Object> counts = new LinkedHashMap<>();
        report.counts().forEach((state, count) -> counts.put(state.name(), count));
        return counts;
    }

    private static Map<String, Object> revision(Revision revision, MigrationReport report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", revision.id().toString());
        document.put("description", revision.description());
        document.put("script", orNull(revision.script()));
        document.put("state", revision.state().name());
        document.put("appliedAt", orNull(revision.appliedAt().map(StatusDocument::text)));
        document.put("appliedAtExact", orNull(revision.appliedAt().map(instant -> revision.appliedAtExact())));
        document.put(
                "durationMillis",
                orNull(Optional.ofNullable(report.appliedNow().get(revision.id()))
                        .or(revision::duration)
                        .map(Duration::toMillis)));
        document.put("node", orNull(revision.node()));
        document.put("checksum", orNull(revision.checksum()));
        document.put("statements", orNull(revision.statements()));
        document.put("error", orNull(revision.error().map(StatusDocument::failure)));
        return document;
    }

    static Map<String, Object> failure(MigrationFailure failure) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("code", failure.explanation().code());
        document.put("what", FailureText.what(failure));
        document.put("action", FailureText.action(failure));
        document.put("script", orNull(failure.statement().map(statement -> statement.script())));
        document.put("line", orNull(failure.statement().map(statement -> statement.line())));
        document.put("statement", orNull(failure.statement().map(statement -> statement.text())));
        document.put("sqlState", orNull(failure.database().flatMap(error -> error.sqlState())));
        document.put("vendorCode", orNull(failure.database().map(error -> error.vendorCode())));
        return document;
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static Integer orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    /** A field of JSON has null for what is not there. */
    private static <T> T orNull(Optional<T> value) {
        return value.orElse(null);
    }
}
