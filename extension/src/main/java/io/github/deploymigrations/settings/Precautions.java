package io.github.deploymigrations.settings;

import java.util.List;
import java.util.Optional;

/**
 * What has to hold around the scripts. Immutable.
 *
 * @param requiredTables that must be there after a run
 * @param window when pending scripts may run, if that is limited
 * @param backup that is made before they do, if one is
 * @param drift what to do about a schema that was changed by hand
 */
public record Precautions(
        List<TableName> requiredTables,
        Optional<MaintenanceWindow> window,
        Optional<BackupSettings> backup,
        DriftPolicy drift) {
    public Precautions {
        requiredTables = List.copyOf(requiredTables);
    }
}
