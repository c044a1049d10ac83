package io.github.deploymigrations.deployment;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.run.Migration;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The present status of one database: what the run of this deployment said, with the revisions as they are now. Asks
 * the database at most once a second, whatever the number of readers, with one connection. Thread-safe.
 */
final class StatusView {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final DatabaseReport ofRun;
    private final Migration migration;
    private final DataSource dataSource;
    private DatabaseReport latest;
    private long readAt;

    StatusView(DatabaseReport ofRun, Migration migration, DataSource dataSource) {
        this.ofRun = ofRun;
        this.migration = migration;
        this.dataSource = dataSource;
        this.latest = ofRun;
        this.readAt = System.nanoTime() - FRESH_NANOS;
    }

    synchronized DatabaseReport now() {
        if (System.nanoTime() - readAt >= FRESH_NANOS) {
            MigrationReport live = migration.status(dataSource, LIMIT);
            latest = new DatabaseReport(ofRun.settings(), ofRun.report().refreshed(live));
            readAt = System.nanoTime();
        }
        return latest;
    }
}
