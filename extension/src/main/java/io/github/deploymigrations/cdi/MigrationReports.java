package io.github.deploymigrations.cdi;

import io.github.deploymigrations.MigrationReport;
import java.util.List;
import java.util.Optional;

/**
 * What the migrations of this deployment did: a bean to inject. Thread-safe.
 *
 * <pre>{@code
 * @Inject MigrationReports migrations;
 * }</pre>
 */
public interface MigrationReports {

    /** What the run of each database said, in the order of the settings. Asks no database. */
    List<MigrationReport> all();

    /** The same with the revisions as the databases have them now, asked at most once a second. */
    List<MigrationReport> now();

    /** What the run of the database of this block said; {@code default} is the name of a block without one. */
    default Optional<MigrationReport> named(String name) {
        return all().stream().filter(report -> report.name().equals(name)).findFirst();
    }
}
