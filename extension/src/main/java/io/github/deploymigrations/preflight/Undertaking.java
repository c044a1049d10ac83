package io.github.deploymigrations.preflight;

import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.settings.MigrationSettings;
import io.github.deploymigrations.settings.TableName;
import java.sql.Connection;

/**
 * What a run is about to do.
 *
 * @param connection that will do it: in auto-commit, in its schema
 * @param product at its other end
 * @param settings of the run
 * @param repository of its scripts
 * @param plan with something to do
 * @param hasChangelog whether that table is there
 * @param hasHistory whether that table is there
 * @param isBackedUp whether an earlier attempt of this run has made the backup
 * @param first what the first script of the plan asks for
 */
public record Undertaking(
        Connection connection,
        Product product,
        MigrationSettings settings,
        ScriptRepository repository,
        MigrationPlan plan,
        boolean hasChangelog,
        boolean hasHistory,
        boolean isBackedUp,
        FirstScript first) {

    TableName changelog() {
        return repository.changelog();
    }

    TableName history() {
        return changelog().withSuffix("_HISTORY");
    }

    /** Whether something of ours is written before any script or hook can change what its session may do. */
    boolean writesBeforeScripts() {
        return !hasHistory || !plan.records().isEmpty();
    }

    /** Whether what this session may do now is what it may do at the first write: before scripts, or behind a plain one. */
    boolean isSureOfSession() {
        return writesBeforeScripts() || first.isPlain();
    }
}
