package io.github.deploymigrations.deployment;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.run.Migration;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/**
 * The present status of one database: what the run of this deployment said, with the revisions as they are now. Asks
 * the database at most once a second, whatever the number of readers, with one connection. Thread-safe.
 */
final class StatusView {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Semaphore acting = new Semaphore(1);
    private final Object planning = new Object();
    private DatabaseReport ofRun;
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
            boolean runsAgain = acting.availablePermits() == 0 && live.running().isPresent();
            MigrationReport last = runsAgain ? ofRun.report().withoutFailure() : ofRun.report();
            latest = new DatabaseReport(ofRun.settings(), last.refreshed(live));
            readAt = System.nanoTime();
        }
        return latest;
    }

    /** What a run would do. One reader at a time, so that they keep no more than one connection. */
    MigrationReport plan() {
        synchronized (planning) {
            return migration.plan(dataSource, LIMIT);
        }
    }

    /** What the last run said. */
    synchronized DatabaseReport ofRun() {
        return ofRun;
    }

    /** Does what a person wants; empty if another person's wish is being done. */
    Optional<MigrationReport> act(Action action, String actor) {
        if (!acting.tryAcquire()) {
            return Optional.empty();
        }
        try {
            MigrationReport report = action.on(migration.by(actor), dataSource);
            synchronized (this) {
                if (action.isRun() || report.failure().isEmpty()) {
                    ofRun = new DatabaseReport(ofRun.settings(), report);
                }
                readAt = System.nanoTime() - FRESH_NANOS;
            }
            return Optional.of(report);
        } finally {
            acting.release();
        }
    }
}
