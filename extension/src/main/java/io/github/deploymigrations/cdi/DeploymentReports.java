package io.github.deploymigrations.cdi;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.deployment.DatabaseReport;
import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.deployment.DeploymentReport;
import java.util.List;
import java.util.Optional;

/** The reports of the deployment that this jar belongs to. */
class DeploymentReports implements MigrationReports {
    @Override
    public List<MigrationReport> all() {
        return reports(Deployment.current().outcome());
    }

    @Override
    public List<MigrationReport> now() {
        return reports(Deployment.current().status());
    }

    private static List<MigrationReport> reports(Optional<DeploymentReport> deployment) {
        return deployment.map(DeploymentReport::databases).orElse(List.of()).stream()
                .map(DatabaseReport::report)
                .toList();
    }
}
