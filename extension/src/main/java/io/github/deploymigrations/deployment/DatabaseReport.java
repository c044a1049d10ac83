package io.github.deploymigrations.deployment;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.settings.DatabaseSettings;
import io.github.deploymigrations.settings.OnFailure;
import java.util.Optional;

/**
 * What happened to one database of the deployment. Immutable.
 *
 * @param settings of the block; empty where they could not be read
 * @param report of the run, or of a look at the status after it
 */
public record DatabaseReport(Optional<DatabaseSettings> settings, MigrationReport report) {

    /** Whether this is a reason not to let the application start. Wrong settings always are. */
    boolean blocks() {
        Optional<MigrationFailure> failure = report.failure();
        boolean ofSettings = failure.filter(MigrationFailure.InvalidSettings.class::isInstance)
                .isPresent();
        return ofSettings
                || (failure.isPresent()
                        && settings.map(block -> block.onFailure() == OnFailure.BLOCK)
                                .orElse(true));
    }
}
