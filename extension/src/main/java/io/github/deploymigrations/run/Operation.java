package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.ChangeLogTable;
import io.github.deploymigrations.lock.MigrationLock;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.settings.TransactionMode;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ibatis.migration.ConnectionProvider;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.operations.DownOperation;
import org.apache.ibatis.migration.operations.UpOperation;

/** One {@link DownOperation} and one {@link UpOperation} of MyBatis Migrations over the steps of a plan, watched. */
final class Operation {
    private final ScriptRepository repository;
    private final Session session;
    private final ConnectionProvider another;
    private final LockGuard lock;
    private final TransactionMode transaction;
    private final TimeLimit limit;
    private final Whereabouts whereabouts;
    private final Listeners listeners;
    private final ScriptChanges changes;

    /**
     * Prepares.
     *
     * @param another gives connections of their own to hooks that ask
     * @param lock that is verified before anything is committed
     */
    Operation(
            ScriptRepository repository,
            Session session,
            ConnectionProvider another,
            MigrationLock.Held lock,
            TransactionMode transaction,
            TimeLimit limit,
            Whereabouts whereabouts,
            Listeners listeners,
            ScriptChanges changes) {
        this.repository = repository;
        this.session = session;
        this.another = another;
        this.lock = new LockGuard(lock);
        this.transaction = transaction;
        this.limit = limit;
        this.whereabouts = whereabouts;
        this.listeners = listeners;
        this.changes = changes;
    }

    /**
     * What came of it.
     *
     * @param applied all revisions, with those that were applied before
     * @param undone revisions, the newest first
     * @param failure that ended it, if one did
     * @param again whether the same can be tried again as if nothing had happened
     */
    record Outcome(
            Map<RevisionId, Duration> applied,
            Map<RevisionId, Duration> undone,
            Optional<MigrationFailure> failure,
            boolean again) {}

    /**
     * Undoes, then applies.
     *
     * @param modes of the scripts
     * @param journal whose table exists
     * @param appliedBefore by earlier attempts of this run
     */
    Outcome perform(MigrationPlan plan, ScriptModes modes, Journal journal, Map<RevisionId, Duration> appliedBefore) {
        Secrets secrets = new Secrets(repository);
        ScriptCommit commit = new ScriptCommit(session, transaction);
        RunWatch watch =
                new RunWatch(secrets, journal, commit, lock, limit, whereabouts, listeners, changes, appliedBefore);
        try (PrintStream output = LogStream.of(secrets)) {
            if (!plan.steps().isEmpty()) {
                watch.start(plan.steps().stream().map(Step.Apply::id).toList());
            }
            commit.start();
            if (!plan.undoes().isEmpty()) {
                undo(plan, scripts(plan.undoes(), modes, journal, watch), watch, commit, output);
            }
            if (!plan.steps().isEmpty()) {
                apply(scripts(plan.steps(), modes, journal, watch), watch, commit, output);
            }
            watch.finish();
            return new Outcome(watch.applied(), watch.undone(), Optional.empty(), false);
        } catch (RuntimeException | IOException | SQLException e) {
            FailureStory story = watch.story(e);
            Left left = record(story, journal, watch);
            return new Outcome(
                    watch.applied(),
                    watch.undone(),
                    Optional.of(watch.failure(story, left)),
                    watch.isWorthATry(story, left));
        }
    }

    private WatchedScripts scripts(
            List<? extends Step.Running> steps, ScriptModes modes, Journal journal, RunWatch watch) {
        return new WatchedScripts(
                repository,
                steps,
                step -> modes.of(step, journal.hasTransactionalTables()),
                watch,
                new ScriptAtHand(repository, session, limit));
    }

    private void apply(WatchedScripts scripts, RunWatch watch, ScriptCommit commit, PrintStream output)
            throws IOException {
        repository
                .hooks()
                .during(
                        output,
                        hook -> new UpOperation()
                                .operate(
                                        connections(watch, commit, Direction.UP),
                                        scripts,
                                        repository.options(),
                                        null,
                                        new WatchedHook(hook, watch, repository.hooks(), Direction.UP)));
    }

    private void undo(
            MigrationPlan plan, WatchedScripts scripts, RunWatch watch, ScriptCommit commit, PrintStream output)
            throws IOException, SQLException {
        int steps = plan.undoes().size();
        try {
            repository
                    .hooks()
                    .ofUndo()
                    .during(
                            output,
                            hook -> new DownOperation(steps)
                                    .operate(
                                            connections(watch, commit, Direction.DOWN),
                                            scripts,
                                            repository.options(),
                                            null,
                                            new WatchedHook(
                                                    hook,
                                                    watch,
                                                    repository.hooks().ofUndo(),
                                                    Direction.DOWN)));
        } catch (MigrationException e) {
            watch.ended(e);
            throw e;
        }
        if (!watch.isUndone(steps)) {
            watch.around("The undo");
            throw new MigrationException(Message.CHANGELOG_MOVED.with().what());
        }
    }

    /** Records the failure; returns what stays of the script in the database. */
    private Left record(FailureStory story, Journal journal, RunWatch watch) {
        boolean takenBack = !watch.hasScriptBegun() || (journal.isAtomic() && !story.atCommit());
        Left left;
        try {
            session.settle();
            // without the lock the history's next number may be another's, and what is taken back need not be in it
            boolean needless = lock.lost().isPresent() && journal.hasNothingCommitted();
            left = needless ? new Left.Nothing() : journal.failed(story.reason());
        } catch (SQLException | IOException e) {
            // the connection is gone with the failure that is reported, and with it what it had not committed
            Log.trace(Message.CONNECTION_FAILED, e);
            left = takenBack ? new Left.Nothing() : new Left.Unknown();
        }
        return transaction == TransactionMode.DEPLOYMENT && left.isNothing() ? new Left.NothingOfAll() : left;
    }

    /** The first connection is the one that does the work; a hook that asks gets one of its own, and closes it. */
    private ConnectionProvider connections(RunWatch watch, ScriptCommit commit, Direction direction) {
        ChangeLogTable changelog = new ChangeLogTable(repository.changelog(), session.product());
        Connection working = WatchedConnection.of(session, watch, commit, limit, changelog, repository, direction);
        boolean[] given = new boolean[1];
        return () -> {
            if (!given[0]) {
                given[0] = true;
                return working;
            }
            return another.getConnection();
        };
    }
}
