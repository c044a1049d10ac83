package io.github.deploymigrations.settings;

/**
 * One block: a database of the deployment. Immutable.
 *
 * @param dataSource JNDI name
 * @param mode what to do
 * @param onFailure what a failure means
 * @param migration what the core needs
 */
public record DatabaseSettings(String dataSource, Mode mode, OnFailure onFailure, MigrationSettings migration) {
    /** The block's name. */
    public String name() {
        return migration.name();
    }
}
