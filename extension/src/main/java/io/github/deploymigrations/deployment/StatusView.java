package io.github.deploymigrations.deployment;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.run.Migration;
import io.github.deploymigrations.run.Patience;
import io.github.deploymigrations.scripts.ScriptText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/**
 * The present status of one database: what the run of this deployment said, with the revisions as they are now. Asks
 * the database at most once a second each for its state and its history, whatever the number of readers, with one connection. Thread-safe.
 */
final class StatusView {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration LIMIT = Duration.ofSeconds(5);
    /** How much of the history is shown. */
    private static final int ATTEMPTS = 50;

    private final Semaphore acting = new Semaphore(1);
    private final Object planning = new Object();
    private DatabaseReport ofRun;
    private final Migration migration;
    private final DataSource dataSource;
    private DatabaseReport latest;
    private long readAt;
    private Optional<List<HistoryTable.Entry>> attempts = Optional.empty();
    private long attemptsReadAt;

    StatusView(DatabaseReport ofRun, Migration migration, DataSource dataSource) {
        this.ofRun = ofRun;
        this.migration = migration;
        this.dataSource = dataSource;
        this.latest = ofRun;
        this.readAt = System.nanoTime() - FRESH_NANOS;
        this.attemptsReadAt = readAt;
    }

    synchronized DatabaseReport now(Patience patience) {
        if (System.nanoTime() - readAt >= FRESH_NANOS) {
            MigrationReport live = migration.status(dataSource, LIMIT, patience);
            boolean runsAgain = acting.availablePermits() == 0 && live.running().isPresent();
            MigrationReport last = runsAgain ? ofRun.report().withoutFailure() : ofRun.report();
            latest = new DatabaseReport(ofRun.settings(), last.refreshed(live));
            readAt = System.nanoTime();
        }
        return latest;
    }

    /** The newest attempts, the newest first; empty if they cannot be read. */
    synchronized Optional<List<HistoryTable.Entry>> history() {
        if (System.nanoTime() - attemptsReadAt >= FRESH_NANOS) {
            attempts = migration.history(dataSource, LIMIT, ATTEMPTS);
            attemptsReadAt = System.nanoTime();
        }
        return attempts;
    }

    /** What the script of an applied revision changed in the schema. One reader at a time, as for the rest. */
    synchronized List<String> changes(RevisionId revision) {
        return migration.changes(dataSource, LIMIT, revision);
    }

    /** What the history calls this deployment. */
    String deployment() {
        return migration.deployment();
    }

    /** The script of a revision, if this release has it. */
    Optional<ScriptText> script(RevisionId revision) {
        return migration.script(revision);
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
                attemptsReadAt = readAt;
            }
            return Optional.of(report);
        } finally {
            acting.release();
        }
    }
}
