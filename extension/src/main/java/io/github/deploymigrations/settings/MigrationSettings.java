package io.github.deploymigrations.settings;

import io.github.deploymigrations.RevisionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the core needs to know to migrate one database: checked, with placeholders replaced. Immutable.
 *
 * @param name of the block
 * @param locations folders of MyBatis repositories, at least one
 * @param environment of MyBatis
 * @param target highest revision to apply, if there is a limit
 * @param changelog table name, if our settings have one; else the environment file decides
 * @param schema to work in, if not the connection's own
 * @param policies where scripts and database do not fit together
 * @param lock how other runs are kept off
 * @param lockTimeout for another run to end
 * @param connectTimeout for the database to answer
 * @param timeout of the whole run, if there is a limit
 * @param transaction what one transaction holds
 * @param retries how often a script that failed by a transient error is tried again
 * @param precautions around the scripts
 * @param variables of the scripts, before those of the environment file
 * @param origins where each key that somebody set was written
 */
public record MigrationSettings(
        String name,
        List<String> locations,
        String environment,
        Optional<RevisionId> target,
        Optional<TableName> changelog,
        Optional<SchemaName> schema,
        Policies policies,
        LockMode lock,
        Duration lockTimeout,
        Duration connectTimeout,
        Optional<Duration> timeout,
        TransactionMode transaction,
        int retries,
        Precautions precautions,
        Map<String, String> variables,
        Map<Key, Origin> origins) {

    /** The environment that changes defaults. */
    public static final String DEVELOPMENT = "development";

    public MigrationSettings {
        locations = List.copyOf(locations);
        variables = Map.copyOf(variables);
        origins = Map.copyOf(origins);
    }

    /** The same with another patience. */
    public MigrationSettings withLockTimeout(Duration other) {
        return with(locations, other);
    }

    /** The same with scripts elsewhere. */
    public MigrationSettings withLocations(List<String> others) {
        return with(others, lockTimeout);
    }

    private MigrationSettings with(List<String> otherLocations, Duration otherLockTimeout) {
        return new MigrationSettings(
                name,
                otherLocations,
                environment,
                target,
                changelog,
                schema,
                policies,
                lock,
                otherLockTimeout,
                connectTimeout,
                timeout,
                transaction,
                retries,
                precautions,
                variables,
                origins);
    }

    /** Where the key was set, or that it is the default. */
    public String origin(Key key) {
        Origin origin = origins.get(key);
        return origin == null ? "the default" : origin.toString();
    }

    /** Whether the environment is the one that is forgiving. */
    public boolean isDevelopment() {
        return environment.equals(DEVELOPMENT);
    }
}
