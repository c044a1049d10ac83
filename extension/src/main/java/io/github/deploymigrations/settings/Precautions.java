package io.github.deploymigrations.settings;

import java.util.List;
import java.util.Optional;

/**
 * What has to hold around the scripts. Immutable.
 *
 * @param requiredTables that must be there after a run
 * @param window when pending scripts may run, if that is limited
 * @param backup that is made before they do, if one is
 */
public record Precautions(
        List<TableName> requiredTables, Optional<MaintenanceWindow> window, Optional<BackupSettings> backup) {
    public Precautions {
        requiredTables = List.copyOf(requiredTables);
    }
}
