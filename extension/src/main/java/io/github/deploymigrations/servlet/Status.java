package io.github.deploymigrations.servlet;

import io.github.deploymigrations.deployment.DatabaseReport;
import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.deployment.DeploymentReport;
import java.util.List;
import java.util.Optional;

/**
 * What is shown. Immutable.
 *
 * @param run what the run of this deployment said
 * @param now the same with the revisions as the databases have them now
 */
record Status(DeploymentReport run, DeploymentReport now) {

    /** Empty if nothing ran. Asks the databases. */
    static Optional<Status> of(Deployment deployment) {
        return deployment.outcome().flatMap(run -> deployment.status().map(now -> new Status(run, now)));
    }

    /** The status of one block, or empty if there is none of this name. */
    Optional<Status> only(String name) {
        DeploymentReport block = only(now, name);
        return block.databases().isEmpty() ? Optional.empty() : Optional.of(new Status(only(run, name), block));
    }

    private static DeploymentReport only(DeploymentReport report, String name) {
        List<DatabaseReport> databases = report.databases().stream()
                .filter(database -> database.report().name().equals(name))
                .toList();
        return new DeploymentReport(databases, report.statusPage());
    }
}
