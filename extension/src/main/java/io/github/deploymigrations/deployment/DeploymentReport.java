package io.github.deploymigrations.deployment;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.settings.StatusSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What happened to all databases of a deployment, in order. Immutable.
 *
 * @param databases empty if the application has nothing to do with migrations
 * @param statusPage where the status is shown
 */
public record DeploymentReport(List<DatabaseReport> databases, StatusSettings statusPage) {
    public DeploymentReport {
        databases = List.copyOf(databases);
    }

    /** What of it is about the block of this name, if there is one. */
    public DeploymentReport only(String block) {
        return new DeploymentReport(
                databases.stream()
                        .filter(database -> database.report().name().equals(block))
                        .toList(),
                statusPage);
    }

    /** The same with a later report of one database. */
    DeploymentReport with(DatabaseReport later) {
        return new DeploymentReport(
                databases.stream()
                        .map(database ->
                                database.report().name().equals(later.report().name()) ? later : database)
                        .toList(),
                statusPage);
    }

    /** The worst of all databases. */
    public MigrationStatus status() {
        return databases.stream()
                .map(database -> database.report().status())
                .reduce(MigrationStatus.OFF, MigrationStatus::worse);
    }

    /** Whether the run did to every database what this deployment should have done. */
    public boolean isDutyDone() {
        return databases.stream().allMatch(DatabaseReport::isDutyDone);
    }

    /** Whether the application must not answer. */
    public boolean isBlocked() {
        return blockedBy().isPresent();
    }

    /** The first block that is a reason for it. */
    Optional<String> blockedBy() {
        for (DatabaseReport database : databases) {
            if (database.blocks()) {
                return Optional.of(database.report().name());
            }
        }
        return Optional.empty();
    }

    /** The text for the administrator, or empty if nothing keeps the application from starting. */
    public Optional<String> blockade() {
        if (!isBlocked()) {
            return Optional.empty();
        }
        return Optional.of(databases.stream()
                .map(DatabaseReport::report)
                .filter(report -> report.failure().isPresent())
                .map(DeploymentReport::describe)
                .collect(Collectors.joining("\n")));
    }

    private static String describe(MigrationReport report) {
        MigrationFailure failure = report.failure().orElseThrow();
        return "[" + report.name() + "] " + failure.describe();
    }
}
