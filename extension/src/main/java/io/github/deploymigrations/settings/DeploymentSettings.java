package io.github.deploymigrations.settings;

import java.util.List;

/**
 * The settings of a whole deployment. Immutable.
 *
 * @param databases in the order in which they run, at least one
 * @param status page
 * @param configured whether the application itself says anything about migrations
 */
public record DeploymentSettings(List<DatabaseSettings> databases, StatusSettings status, boolean configured) {
    public DeploymentSettings {
        databases = List.copyOf(databases);
    }
}
