package io.github.deploymigrations.deployment;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.run.Migration;
import io.github.deploymigrations.run.Patience;
import io.github.deploymigrations.scripts.ScriptText;
import io.github.deploymigrations.settings.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The present status of one database: what the run of this deployment said, with the revisions as they are now. Asks
 * the database at most once a second each for its state and its history, whatever the number of readers, with one
 * connection; where it does not answer, tells so. Thread-safe.
 */
final class StatusView {
    private static final Duration FRESH = Duration.ofSeconds(1);
    /** What the database has not answered by then, it is not asked any longer: its connection is the application's. */
    private static final Duration LONGEST = Duration.ofSeconds(25);
    /** How much of the history is shown. */
    private static final int ATTEMPTS = 50;

    private final Semaphore acting = new Semaphore(1);
    private final Migration migration;
    private final Migration looking;
    private final DataSource dataSource;
    private final Asker asker = new Asker();
    private final SharedAnswer<DatabaseReport> state = new SharedAnswer<>(asker, FRESH);
    private final SharedAnswer<Optional<List<HistoryTable.Entry>>> attempts = new SharedAnswer<>(asker, FRESH);
    private final SharedAnswer<MigrationReport> plan = new SharedAnswer<>(asker, Duration.ZERO);
    /** Where the last look reached no database, nobody waits for it once more. */
    private volatile boolean reached = true;

    private DatabaseReport ofRun;

    StatusView(DatabaseReport ofRun, Migration migration, DataSource dataSource) {
        this.ofRun = ofRun;
        this.migration = migration;
        this.looking = migration.noLongerThan(LONGEST);
        this.dataSource = dataSource;
    }

    /** Begins to look; waits for the database when somebody wants to know. */
    Supplier<DatabaseReport> look(Patience patience) {
        Supplier<Optional<DatabaseReport>> found = state.ask(() -> {
            MigrationReport live = looking.status(dataSource, Asker.LIMIT, patience);
            reached = live.failure()
                    .filter(MigrationFailure.Unreachable.class::isInstance)
                    .isEmpty();
            return shown(live);
        });
        return () -> found.get().orElseGet(() -> shown(migration.unanswered(Asker.LIMIT)));
    }

    private synchronized DatabaseReport shown(MigrationReport live) {
        boolean runsAgain = acting.availablePermits() == 0 && live.running().isPresent();
        MigrationReport last = runsAgain ? ofRun.report().withoutFailure() : ofRun.report();
        return new DatabaseReport(ofRun.settings(), last.refreshed(live));
    }

    /** The newest attempts, the newest first; empty if they cannot be read. */
    Optional<List<HistoryTable.Entry>> history() {
        return reached
                ? attempts.get(() -> looking.history(dataSource, Asker.LIMIT, ATTEMPTS))
                        .flatMap(answer -> answer)
                : Optional.empty();
    }

    /** What the script of an applied revision changed in the schema. */
    List<String> changes(RevisionId revision) {
        return reached && looking.recordsChanges()
                ? asker.answer(() -> looking.changes(dataSource, Asker.LIMIT, revision))
                        .orElse(List.of())
                : List.of();
    }

    /** What the history calls this deployment. */
    String deployment() {
        return migration.deployment();
    }

    /** The script of a revision, if this release has it. */
    Optional<ScriptText> script(RevisionId revision) {
        return migration.script(revision);
    }

    /** What a run would do. */
    MigrationReport plan() {
        return plan.get(() -> looking.plan(dataSource, Asker.LIMIT)).orElseGet(() -> migration.unanswered(Asker.LIMIT));
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
            Migration wanted = migration.by(actor);
            MigrationReport report = action.on(wanted, dataSource);
            boolean settled = !action.isRun() && report.failure().isEmpty();
            MigrationReport standing = settled ? behindSettling(wanted, report) : report;
            synchronized (this) {
                if (report.failure().isEmpty() || (action.isRun() && !isRefused(report))) {
                    ofRun = new DatabaseReport(ofRun.settings(), standing);
                }
            }
            state.forget();
            attempts.forget();
            plan.forget();
            return Optional.of(report);
        } finally {
            acting.release();
        }
    }

    /** One revision is settled, which may not have been the only one that kept this deployment from its work, if any did. */
    private MigrationReport behindSettling(Migration wanted, MigrationReport settled) {
        DatabaseReport last = ofRun();
        if (last.report().failure().isEmpty()) {
            return settled;
        }
        boolean validates =
                last.settings().filter(block -> block.mode() == Mode.VALIDATE).isPresent();
        MigrationReport now =
                validates ? wanted.validate(dataSource, Asker.LIMIT) : wanted.plan(dataSource, Asker.LIMIT);
        if (now.failure().isEmpty()) {
            return settled;
        }
        return isAnswer(now.failure().get()) ? now : last.report();
    }

    /** Whether it tells what keeps this deployment from its work, and not that nobody could find out. */
    private static boolean isAnswer(MigrationFailure failure) {
        return failure instanceof MigrationFailure.Refused
                || failure instanceof MigrationFailure.NotBegun
                || failure instanceof MigrationFailure.InvalidScripts;
    }

    /** Whether it was not even begun, so that what the last run said of the database goes on to be true. */
    private static boolean isRefused(MigrationReport report) {
        boolean idle = report.appliedNow().isEmpty() && report.undoneNow().isEmpty();
        MigrationFailure failure = report.failure().orElseThrow();
        return idle
                && (failure instanceof MigrationFailure.Refused
                        || failure instanceof MigrationFailure.NotBegun
                        || (isOfWhatWasNotRead(failure) && report.revisions().isEmpty())
                        || (failure instanceof MigrationFailure.NotLocked
                                && !failure.explanation().code().equals(Message.LOCK_LOST.code())));
    }

    /** What a run may fail of before it has read anything. */
    private static boolean isOfWhatWasNotRead(MigrationFailure failure) {
        return failure instanceof MigrationFailure.Unreachable
                || failure instanceof MigrationFailure.UnreadableChangeLog;
    }
}
