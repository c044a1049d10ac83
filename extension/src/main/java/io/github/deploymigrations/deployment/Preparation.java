package io.github.deploymigrations.deployment;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationListener;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.messages.ProblemsFound;
import io.github.deploymigrations.microprofile.MicroProfileProperties;
import io.github.deploymigrations.preflight.Finding;
import io.github.deploymigrations.run.Migration;
import io.github.deploymigrations.scripts.RepositoryReader;
import io.github.deploymigrations.settings.ChangelogPlaces;
import io.github.deploymigrations.settings.DatabaseSettings;
import io.github.deploymigrations.settings.DeploymentSettings;
import io.github.deploymigrations.settings.Mode;
import io.github.deploymigrations.settings.Overrides;
import io.github.deploymigrations.settings.SettingsReader;
import io.github.deploymigrations.settings.StatusSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** What is known before any database is touched: the settings of all blocks, and the scripts of all blocks. */
sealed interface Preparation {

    /** What there is to say without a database: nothing is configured, or settings or scripts cannot be used. */
    record Settled(DeploymentReport report) implements Preparation {}

    /**
     * Everything is read, and of several blocks every script checked.
     *
     * @param migrations by the block's name; a block that is off has none
     */
    record Ready(DeploymentSettings settings, Map<String, Migration> migrations) implements Preparation {}

    /**
     * What reads everything that the WAR brings, in whatever thread it is run. What code of others may answer is asked
     * now: it may want the naming context that the thread of the deployment has.
     */
    static FutureTask<Preparation> reading(DeploymentFiles files) {
        Overrides overrides = Overrides.ofThisJvm(MicroProfileProperties.startingWith(Overrides.PREFIX));
        List<MigrationListener> listeners = files.listeners();
        return new FutureTask<>(() -> of(files, overrides, listeners));
    }

    /** Waits until it is read, which takes no long: that it was interrupted is told by what waits for a database. */
    static Preparation read(FutureTask<Preparation> reading) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return reading.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Preparation of(DeploymentFiles files, Overrides overrides, List<MigrationListener> listeners) {
        Instant startedAt = Instant.now();
        try {
            DeploymentSettings settings = settings(files, overrides);
            if (!settings.configured()
                    && !RepositoryReader.isPresent(settings.databases().get(0).migration(), files)) {
                return new Settled(new DeploymentReport(List.of(), StatusSettings.CLOSED));
            }
            return scripts(settings, files, listeners, startedAt);
        } catch (ProblemsFound e) {
            MigrationReport report = MigrationReport.notRun(
                    "default", "production", "migrate", startedAt, new MigrationFailure.InvalidSettings(e.problems()));
            return new Settled(
                    new DeploymentReport(List.of(new DatabaseReport(Optional.empty(), report)), StatusSettings.CLOSED));
        }
    }

    private static DeploymentSettings settings(DeploymentFiles files, Overrides overrides) {
        SettingsReader reader = new SettingsReader(overrides);
        try {
            for (URL url : files.beansXml()) {
                try (InputStream content = DeploymentFiles.open(url)) {
                    reader.beansXml(DeploymentFiles.name(url), content);
                }
            }
            for (URL url : files.find("META-INF/mybatis-migrations.properties")) {
                try (InputStreamReader content =
                        new InputStreamReader(DeploymentFiles.open(url), StandardCharsets.UTF_8)) {
                    reader.properties(DeploymentFiles.name(url), content);
                }
            }
        } catch (IOException e) {
            Log.trace(Message.FILE_UNREADABLE, e);
            throw new ProblemsFound(List.of(new Problem("settings", Message.FILE_UNREADABLE.with(e))));
        }
        TomEE.warn(reader.beansXmlWithSettings());
        if (files.areOfAnEar()) {
            throw new ProblemsFound(List.of(new Problem("EAR", Message.JAR_OF_AN_EAR.with())));
        }
        return reader.read();
    }

    private static Preparation scripts(
            DeploymentSettings settings, DeploymentFiles files, List<MigrationListener> listeners, Instant startedAt) {
        Map<String, Migration> migrations = new LinkedHashMap<>();
        Map<String, MigrationFailure> failures = new LinkedHashMap<>();
        List<PersistenceUnit> units = PersistenceXml.of(files);
        int active = 0;
        for (DatabaseSettings database : settings.databases()) {
            active += database.mode() == Mode.OFF ? 0 : 1;
        }
        boolean several = active > 1;
        for (DatabaseSettings database : settings.databases()) {
            if (database.mode() != Mode.OFF) {
                try {
                    Migration migration = Migration.prepare(database.migration(), files, files.deployment(), listeners);
                    // no database is to be migrated for a release whose scripts for the next one cannot run
                    List<Problem> problems = several ? migration.problems() : List.of();
                    if (!problems.isEmpty()) {
                        failures.put(database.name(), failure(problems));
                    }
                    List<Finding> known = new ArrayList<>();
                    for (PersistenceUnit unit : units) {
                        unit.finding(database).ifPresent(known::add);
                    }
                    migrations.put(database.name(), migration.knowing(known));
                } catch (ProblemsFound e) {
                    failures.put(database.name(), failure(e.problems()));
                }
            }
        }
        failures.putAll(sharedChangelogs(settings, migrations));
        if (failures.isEmpty()) {
            return new Ready(settings, migrations);
        }
        List<DatabaseReport> reports = new ArrayList<>();
        String failed = String.join(", ", failures.keySet());
        for (DatabaseSettings database : settings.databases()) {
            MigrationFailure failure =
                    failures.getOrDefault(database.name(), new MigrationFailure.NotRun(Message.NOT_RUN.with(failed)));
            reports.add(new DatabaseReport(
                    Optional.of(database),
                    database.mode() == Mode.OFF
                            ? off(database)
                            : MigrationReport.notRun(
                                    database.name(),
                                    database.migration().environment(),
                                    database.mode().toString(),
                                    startedAt,
                                    failure)));
        }
        return new Settled(new DeploymentReport(reports, settings.status()));
    }

    /** What is wrong with the settings is told as that, also where only the scripts show it: it blocks everywhere. */
    private static MigrationFailure failure(List<Problem> problems) {
        boolean ofSettings = problems.stream()
                .anyMatch(problem ->
                        Message.isOfConfiguration(problem.explanation().code()));
        return ofSettings
                ? new MigrationFailure.InvalidSettings(problems)
                : new MigrationFailure.InvalidScripts(problems);
    }

    private static Map<String, MigrationFailure> sharedChangelogs(
            DeploymentSettings settings, Map<String, Migration> migrations) {
        ChangelogPlaces places = new ChangelogPlaces();
        Map<String, MigrationFailure> failures = new LinkedHashMap<>();
        for (DatabaseSettings database : settings.databases()) {
            Migration migration = migrations.get(database.name());
            if (migration != null) {
                Optional<Problem> shared = places.add(database, migration.changelog());
                if (shared.isPresent()) {
                    failures.put(database.name(), new MigrationFailure.InvalidSettings(List.of(shared.get())));
                }
            }
        }
        return failures;
    }

    /** The report of a block that is switched off. */
    static MigrationReport off(DatabaseSettings database) {
        return MigrationReport.off(
                database.name(),
                database.migration().environment(),
                database.mode().toString());
    }
}
