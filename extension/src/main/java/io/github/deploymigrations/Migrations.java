package io.github.deploymigrations;

import static java.util.Objects.requireNonNull;

import io.github.deploymigrations.messages.ProblemsFound;
import io.github.deploymigrations.plan.Goal;
import io.github.deploymigrations.run.Migration;
import io.github.deploymigrations.scripts.ClassPath;
import io.github.deploymigrations.settings.Key;
import io.github.deploymigrations.settings.MigrationSettings;
import io.github.deploymigrations.settings.Mode;
import io.github.deploymigrations.settings.SettingsReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Migrates a database from any Java program, by the keys of the configuration. Immutable and thread-safe.
 *
 * <pre>{@code
 * MigrationReport report = Migrations.of(dataSource)
 *     .with("location", "file:src/main/resources/migrations")
 *     .with("environment", "development")
 *     .migrate();
 * }</pre>
 *
 * <p>Scripts are looked for on the class path of the thread's context class loader, else of this class; a location that
 * begins with {@code file:} is a folder.
 */
public final class Migrations {
    private final DataSource dataSource;
    private final Map<String, String> settings;
    private final List<MigrationListener> listeners;

    private Migrations(DataSource dataSource, Map<String, String> settings, List<MigrationListener> listeners) {
        this.dataSource = requireNonNull(dataSource);
        this.settings = settings;
        this.listeners = listeners;
    }

    /** Migrations of this database with the default settings. */
    public static Migrations of(DataSource dataSource) {
        return new Migrations(dataSource, Map.of(), List.of());
    }

    /**
     * The same with a setting more, or another value of one.
     *
     * @param key of the configuration; those of the container ({@code data-source}, {@code mode}, {@code on-failure},
     *     {@code status-*}) are refused when it runs
     * @param value as it would stand in the configuration; placeholders are replaced
     */
    public Migrations with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(requireNonNull(key), requireNonNull(value));
        return new Migrations(dataSource, Collections.unmodifiableMap(more), listeners);
    }

    /** The same with a listener more. */
    public Migrations with(MigrationListener listener) {
        List<MigrationListener> more = new ArrayList<>(listeners);
        more.add(requireNonNull(listener));
        return new Migrations(dataSource, settings, Collections.unmodifiableList(more));
    }

    /**
     * Applies what is pending.
     *
     * @return what was found and done
     * @throws MigrationException if anything failed, with the report of what was applied before it
     */
    public MigrationReport migrate() {
        return run(Mode.MIGRATE);
    }

    /**
     * Applies nothing.
     *
     * @throws MigrationException if there is anything that {@link #migrate()} would do or refuse
     */
    public MigrationReport validate() {
        return run(Mode.VALIDATE);
    }

    /**
     * Applies nothing, and tells what {@link #migrate()} would do: {@link MigrationReport#plan()} has it as SQL.
     *
     * @throws MigrationException if there is anything that {@link #migrate()} would refuse
     */
    public MigrationReport plan() {
        return run(Mode.PLAN);
    }

    /**
     * Looks, and changes nothing.
     *
     * @throws MigrationException if settings, scripts or database cannot be read
     */
    public MigrationReport status() {
        Migration migration = prepared("status");
        return successful(migration.status(dataSource, migration.connectTimeout()));
    }

    /**
     * Undoes the newest revisions, the newest first, each by the undo part of its script, or where this release does not
     * have it by the one that the history keeps. All that can be known to fail is refused before anything is undone.
     *
     * @param steps how many, at least 1; where fewer are applied, all of them
     * @throws MigrationException if anything failed, with the report of what was undone before it
     */
    public MigrationReport undo(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps: " + steps);
        }
        return undo(new Goal.Down(steps));
    }

    /**
     * Undoes all revisions above this one, as {@link #undo(int)} does.
     *
     * @param id of an applied revision, which stays applied
     * @throws MigrationException if anything failed, with the report of what was undone before it
     */
    public MigrationReport undoTo(String id) {
        return undo(new Goal.DownTo(
                RevisionId.parse(id).orElseThrow(() -> new IllegalArgumentException("no id of a revision: " + id))));
    }

    private MigrationReport undo(Goal goal) {
        Migration migration = prepared("undo");
        return successful(migration.undo(dataSource, goal, migration.connectTimeout()));
    }

    private MigrationReport run(Mode mode) {
        Migration migration = prepared(mode.toString());
        return successful(migration.run(dataSource, mode, migration.connectTimeout()));
    }

    private Migration prepared(String mode) {
        Instant startedAt = Instant.now();
        MigrationSettings checked;
        try {
            checked = SettingsReader.ofJava(settings);
        } catch (ProblemsFound e) {
            throw failed(
                    mode, Key.ENVIRONMENT.defaultText(), startedAt, new MigrationFailure.InvalidSettings(e.problems()));
        }
        try {
            return Migration.prepare(checked, classPath(), "Java program", listeners);
        } catch (ProblemsFound e) {
            throw failed(mode, checked.environment(), startedAt, new MigrationFailure.InvalidScripts(e.problems()));
        }
    }

    private static MigrationReport successful(MigrationReport report) {
        if (report.failure().isPresent()) {
            throw new MigrationException(report);
        }
        return report;
    }

    private static MigrationException failed(
            String mode, String environment, Instant startedAt, MigrationFailure failure) {
        return new MigrationException(MigrationReport.notRun("default", environment, mode, startedAt, failure));
    }

    private static ClassPath classPath() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? Migrations.class.getClassLoader() : context;
        return new ClassPath.OfLoader(loader);
    }
}
