package io.github.deploymigrations.settings;

import java.util.List;

/**
 * What has to hold around the scripts. Immutable.
 *
 * @param requiredTables that must be there after a run
 */
public record Precautions(List<TableName> requiredTables) {
    public Precautions {
        requiredTables = List.copyOf(requiredTables);
    }
}
