package io.github.deploymigrations.deployment;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.jndi.DataSources;
import io.github.deploymigrations.jndi.DataSources.Lookup;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.DatabaseSettings;
import io.github.deploymigrations.settings.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Finds the DataSources of all blocks, then runs the blocks in order. Not thread-safe. */
final class DeploymentRun {
    private final Preparation.Ready prepared;
    private final Map<String, Duration> waited = new HashMap<>();
    private final Map<String, DataSource> found = new LinkedHashMap<>();

    DeploymentRun(Preparation.Ready prepared) {
        this.prepared = prepared;
    }

    /**
     * Runs all blocks, or none if a later moment may know a name that this one does not.
     *
     * @return empty if it is too early
     */
    Optional<DeploymentReport> run(Moment moment) {
        Map<String, Explanation> unknown = new HashMap<>();
        for (DatabaseSettings database : active()) {
            Lookup lookup = lookup(database, moment);
            if (lookup instanceof Lookup.NotBound && mayBeBoundLater(moment)) {
                return Optional.empty();
            }
            if (lookup.dataSource().isPresent()) {
                found.put(database.name(), lookup.dataSource().get());
            }
            if (lookup.reason().isPresent()) {
                unknown.put(database.name(), lookup.reason().get());
            }
        }
        return Optional.of(
                new DeploymentReport(inOrder(unknown), prepared.settings().status()));
    }

    private List<DatabaseSettings> active() {
        List<DatabaseSettings> active = new ArrayList<>();
        for (DatabaseSettings database : prepared.settings().databases()) {
            if (database.mode() != Mode.OFF) {
                active.add(database);
            }
        }
        return active;
    }

    private static boolean mayBeBoundLater(Moment moment) {
        return switch (moment) {
            case PERSISTENCE_UNIT, AFTER_DEPLOYMENT_VALIDATION -> !DataSources.areComponentNamesBound();
            case SERVLET_CONTAINER -> false;
        };
    }

    private Lookup lookup(DatabaseSettings database, Moment moment) {
        if (mayBeBoundLater(moment)) {
            return DataSources.lookup(database.dataSource());
        }
        long start = System.nanoTime();
        Lookup lookup =
                DataSources.await(database.dataSource(), database.migration().connectTimeout());
        waited.put(database.name(), Duration.ofNanos(System.nanoTime() - start));
        return lookup;
    }

    private List<DatabaseReport> inOrder(Map<String, Explanation> unknown) {
        List<DatabaseReport> reports = new ArrayList<>();
        Optional<String> blockedBy = Optional.empty();
        for (DatabaseSettings database : prepared.settings().databases()) {
            DatabaseReport report = new DatabaseReport(Optional.of(database), run(database, unknown, blockedBy));
            if (report.blocks() && blockedBy.isEmpty()) {
                blockedBy = Optional.of(database.name());
            }
            reports.add(report);
        }
        return reports;
    }

    private MigrationReport run(
            DatabaseSettings database, Map<String, Explanation> unknown, Optional<String> blockedBy) {
        if (database.mode() == Mode.OFF) {
            return Preparation.off(database);
        }
        if (blockedBy.isPresent()) {
            return notRun(database, new MigrationFailure.NotRun(Message.NOT_RUN.with(blockedBy.get())));
        }
        Explanation unbound = unknown.get(database.name());
        if (unbound != null) {
            return notRun(database, new MigrationFailure.Unreachable(unbound, Optional.empty()));
        }
        Duration limit =
                database.migration().connectTimeout().minus(waited.getOrDefault(database.name(), Duration.ZERO));
        return prepared.migrations().get(database.name()).run(found.get(database.name()), database.mode(), limit);
    }

    private static MigrationReport notRun(DatabaseSettings database, MigrationFailure failure) {
        return MigrationReport.notRun(
                database.name(),
                database.migration().environment(),
                database.mode().toString(),
                Instant.now(),
                failure);
    }

    /** The DataSources of the blocks whose names were bound. */
    Map<String, DataSource> found() {
        return Map.copyOf(found);
    }
}
