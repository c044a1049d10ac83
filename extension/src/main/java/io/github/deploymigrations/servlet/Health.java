package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.deployment.DeploymentReport;
import java.util.Optional;

/**
 * Whether the run of this deployment went well, for probes: says nothing else, and asks no database, as an outage of a
 * database must not make an orchestrator restart every application that uses it.
 */
final class Health {
    private Health() {}

    static Answer of(Optional<DeploymentReport> outcome) {
        boolean up = outcome.map(run -> run.status() != MigrationStatus.FAILED).orElse(false);
        return up
                ? new Answer(200, Format.JSON.mediaType(), "{\"status\":\"UP\"}")
                : new Answer(503, Format.JSON.mediaType(), "{\"status\":\"DOWN\"}");
    }
}
