package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.ChangeLogTable;
import io.github.deploymigrations.lock.MigrationLock;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.ibatis.migration.ConnectionProvider;
import org.apache.ibatis.migration.operations.UpOperation;

/** One {@link UpOperation} of MyBatis Migrations over the scripts of a plan, watched. */
final class Operation {
    private final ScriptRepository repository;
    private final Session session;
    private final ConnectionProvider another;
    private final MigrationLock.Held lock;

    /**
     * Prepares.
     *
     * @param another gives connections of their own to hooks that ask
     * @param lock that is verified before anything runs
     */
    Operation(ScriptRepository repository, Session session, ConnectionProvider another, MigrationLock.Held lock) {
        this.repository = repository;
        this.session = session;
        this.another = another;
        this.lock = lock;
    }

    /** What was applied, and the failure that ended it, if one did. */
    record Outcome(Map<RevisionId, Duration> applied, Optional<MigrationFailure> failure) {}

    /** @param journal whose table exists */
    Outcome apply(MigrationPlan plan, ChangeLog.Known changelog, Journal journal) {
        Secrets secrets = new Secrets(repository);
        ScriptCommit commit = new ScriptCommit(session);
        RunWatch watch = new RunWatch(secrets, journal, commit, lock);
        Script first = plan.steps().get(0).script();
        WatchedScripts scripts = new WatchedScripts(
                repository,
                plan.steps(),
                script -> mode(
                        script,
                        script.equals(first) && changelog instanceof ChangeLog.Absent,
                        journal.hasTransactionalTables()),
                watch);
        try (PrintStream output = LogStream.of(secrets)) {
            repository
                    .hooks()
                    .during(
                            output,
                            hook -> new UpOperation()
                                    .operate(
                                            connections(watch, commit),
                                            scripts,
                                            repository.options(),
                                            null,
                                            new WatchedHook(hook, watch, scripts)));
            return new Outcome(watch.applied(), Optional.empty());
        } catch (RuntimeException | IOException e) {
            FailureStory story = watch.story(e);
            return new Outcome(watch.applied(), Optional.of(watch.failure(story, record(story, journal))));
        }
    }

    /** Records the failure; returns how many statements of the script stay in the database. */
    private int record(FailureStory story, Journal journal) {
        try {
            session.settle();
            return journal.failed(story.reason());
        } catch (SQLException | IOException e) {
            // the connection is gone with the failure that is reported
            Log.trace(Message.CONNECTION_FAILED, e);
            return 0;
        }
    }

    /**
     * One transaction holds a script if the database defines in transactions, or if the script defines nothing. Where the
     * changelog has to be created behind the first script, that is a definition too.
     */
    private ScriptMode mode(Script script, boolean createsChangelog, boolean transactionalTables) {
        boolean autoCommit = repository.options().isAutoCommit() || script.transaction() == Script.Transaction.NONE;
        if (autoCommit) {
            return ScriptMode.AUTO_COMMIT;
        }
        boolean atomic = session.product().definesInTransactions()
                || (script.onlyRows() && transactionalTables && !createsChangelog);
        return atomic && script.transaction() == Script.Transaction.WHOLE ? ScriptMode.ATOMIC : ScriptMode.JOURNALED;
    }

    /** The first connection is the one that does the work; a hook that asks gets one of its own, and closes it. */
    private ConnectionProvider connections(RunWatch watch, ScriptCommit commit) {
        ChangeLogTable changelog = new ChangeLogTable(repository.changelog(), session.product());
        Connection working = WatchedConnection.of(session, watch, commit, changelog, repository);
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
