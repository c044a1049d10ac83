package io.github.deploymigrations.run;

import io.github.deploymigrations.Progress;
import io.github.deploymigrations.RunInProgress;
import io.github.deploymigrations.changelog.Attempt;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.ChangeLogTable;
import io.github.deploymigrations.changelog.History;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.lock.ConnectionSource;
import io.github.deploymigrations.lock.Contender;
import io.github.deploymigrations.lock.LockFailed;
import io.github.deploymigrations.lock.LockHolder;
import io.github.deploymigrations.lock.LockWait;
import io.github.deploymigrations.lock.MigrationLock;
import io.github.deploymigrations.lock.MigrationLocks;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.settings.DriftPolicy;
import io.github.deploymigrations.settings.MigrationSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** This run's turn at the changelog, for which it waits. */
final class Turn {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final MigrationSettings settings;
    private final ScriptRepository repository;
    private final HistoryTable.Origin origin;
    private final Session session;
    private final TimeLimit limit;
    private final ConnectionSource another;
    private Duration waited = Duration.ZERO;

    Turn(
            MigrationSettings settings,
            ScriptRepository repository,
            HistoryTable.Origin origin,
            Session session,
            TimeLimit limit,
            ConnectionSource another) {
        this.settings = settings;
        this.repository = repository;
        this.origin = origin;
        this.session = session;
        this.limit = limit;
        this.another = another;
    }

    /** Takes the lock when it is free. */
    MigrationLock.Held take() throws RunStopped, SQLException {
        return take(() -> false).orElseThrow();
    }

    /**
     * Takes the lock when it is free, or finds that another run did what this one would have done: of many nodes that wait
     * each would take its turn at nothing else.
     *
     * @param plan of this run
     * @param before it
     * @return the lock, or empty if the changelog has as many rows as it would have behind the plan
     */
    Optional<MigrationLock.Held> take(MigrationPlan plan, ChangeLog.Known before) throws RunStopped, SQLException {
        boolean onlyApplies = plan.undoes().isEmpty()
                && plan.records().isEmpty()
                && !plan.steps().isEmpty();
        // hooks run behind the last row, and what the schema is then is recorded there
        boolean endsWithThem =
                repository.hooks().isEmpty() && settings.precautions().drift() == DriftPolicy.IGNORE;
        if (!onlyApplies || !endsWithThem || !session.product().readsWithoutWaiting()) {
            return Optional.of(take());
        }
        long rows = (long) before.applied().size() + plan.steps().size();
        ChangeLogTable changelog = new ChangeLogTable(repository.changelog(), session.product());
        return take(() -> changelog.hasRows(session.connection(), rows));
    }

    private Optional<MigrationLock.Held> take(LockWait.Needless needless) throws RunStopped, SQLException {
        long start = System.nanoTime();
        try {
            return new LockWait(
                            settings.name(),
                            repository.changelog(),
                            limit.atMost(settings.lockTimeout().minus(waited)),
                            this::progress)
                    .acquire(lock(), needless);
        } catch (LockFailed e) {
            throw new RunStopped(e.failure());
        } catch (SQLException e) {
            FirstWrites.refuse(e);
            throw e;
        } finally {
            waited = waited.plusNanos(System.nanoTime() - start);
        }
    }

    /** Waits while another run holds the lock, without taking it; returns whether there was one. */
    boolean waitedForAnother() throws RunStopped, SQLException {
        long end = System.nanoTime() + limit.atMost(settings.lockTimeout()).toNanos();
        try {
            MigrationLock lock = lock();
            Optional<LockHolder> holder = lock.holder();
            if (holder.isEmpty()) {
                return false;
            }
            Log.log(Message.LOCK_WAITING, settings.name(), holder.get().describe(), repository.changelog(), "");
            long rest = end - System.nanoTime();
            while (rest > 0 && lock.holder().isPresent()) {
                TimeUnit.NANOSECONDS.sleep(Math.min(rest, PAUSE.toNanos()));
                rest = end - System.nanoTime();
            }
            return true;
        } catch (LockFailed e) {
            throw new RunStopped(e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** What would keep anybody from taking the lock; asks for a second connection where the lock needs one. */
    Optional<Problem> obstacle() throws SQLException {
        try {
            lock().tryOut();
            return Optional.empty();
        } catch (LockFailed e) {
            return Optional.of(new Problem("the lock", e.failure().explanation()));
        }
    }

    /** The run of somebody else that works on the changelog now. Writes nothing. */
    Optional<RunInProgress> another() throws SQLException {
        try {
            Optional<LockHolder> holder = lock().holder();
            return holder.isPresent() ? Optional.of(inProgress(holder.get())) : Optional.empty();
        } catch (LockFailed e) {
            Log.trace(Message.LOCK_WAITING, e);
            return Optional.empty();
        }
    }

    /** What the lock does not tell, the attempt that was begun last and has not ended does. */
    private RunInProgress inProgress(LockHolder holder) throws SQLException {
        Optional<Attempt> begun = begun();
        return new RunInProgress(
                holder.node().or(() -> begun.map(Attempt::node)),
                holder.deployment().or(() -> begun.map(Attempt::deployment)),
                holder.since().or(() -> begun.map(Attempt::startedAt)),
                holder.session(),
                begun.map(Turn::progress).or(holder::progress));
    }

    /** Also one of a transaction that is not committed yet, where that can be seen. */
    private Optional<Attempt> begun() throws SQLException {
        HistoryTable table = new HistoryTable(repository.changelog(), session.product(), origin);
        History history =
                session.product().readUncommitted(session.connection(), () -> table.read(session.connection()));
        return history instanceof History.Known known
                ? known.attempts().stream()
                        .filter(attempt -> attempt.outcome() == Attempt.Outcome.STARTED)
                        .reduce((older, newer) -> newer)
                : Optional.empty();
    }

    private static Progress progress(Attempt attempt) {
        return new Progress(
                Optional.of(attempt.script().substring(attempt.script().lastIndexOf('/') + 1)),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Math.min(attempt.done() + 1, attempt.statements()),
                attempt.statements(),
                OptionalLong.empty(),
                Optional.of(attempt.startedAt()));
    }

    private MigrationLock lock() throws SQLException, LockFailed {
        return MigrationLocks.of(
                settings.lock(),
                new Contender(origin.node(), origin.deployment()),
                repository.changelog(),
                session.connection(),
                another);
    }

    /** How far the other run is, by what can be seen of it. */
    private Optional<String> progress() throws SQLException {
        ChangeLog changelog = new ChangeLogTable(repository.changelog(), session.product()).read(session.connection());
        Optional<String> applied = changelog instanceof ChangeLog.Present present
                        && !present.applied().isEmpty()
                ? Optional.of(present.applied().size() + " revisions are applied, the last is "
                        + present.applied().lastKey())
                : Optional.empty();
        return Stream.of(applied, begun().map(Turn::describe))
                .flatMap(Optional::stream)
                .reduce((first, second) -> first + "; " + second);
    }

    private static String describe(Attempt attempt) {
        return attempt.deployment() + " on " + attempt.node() + " began revision " + attempt.revision() + " at "
                + attempt.startedAt().truncatedTo(ChronoUnit.SECONDS) + ", and " + attempt.done() + " of its "
                + attempt.statements() + " statements are done";
    }
}
