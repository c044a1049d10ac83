package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.ChangeLogTable;
import io.github.deploymigrations.changelog.History;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.lock.MigrationLock;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.plan.Situation;
import io.github.deploymigrations.scripts.ClassPath;
import io.github.deploymigrations.scripts.RepositoryReader;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.settings.MigrationSettings;
import io.github.deploymigrations.settings.Mode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * One database and the scripts for it, read and checked: what can be run, and asked for its status as often as one
 * likes. Immutable and thread-safe; two runs on one changelog take turns.
 */
public final class Migration {
    private final MigrationSettings settings;
    private final ScriptRepository repository;
    private final HistoryTable.Origin origin;

    private Migration(MigrationSettings settings, ScriptRepository repository, HistoryTable.Origin origin) {
        this.settings = settings;
        this.repository = repository;
        this.origin = origin;
    }

    /**
     * Reads and parses every script; touches no database.
     *
     * @param deployment that this is, for the history
     * @throws io.github.deploymigrations.messages.ProblemsFound with all that is wrong
     */
    public static Migration prepare(MigrationSettings settings, ClassPath classPath, String deployment) {
        return new Migration(
                settings, RepositoryReader.read(settings, classPath), new HistoryTable.Origin(Node.name(), deployment));
    }

    /** Where the changelog is, as far as settings tell: the same for two blocks that share one. */
    public List<String> place() {
        String schema = settings.schema()
                .map(name -> name.text().toLowerCase(Locale.ROOT))
                .orElse("");
        return List.of(schema, repository.changelog().sql().toLowerCase(Locale.ROOT));
    }

    /** What happens between the changelog and the report. */
    @FunctionalInterface
    private interface Work {
        void on(Session session, Past past, MigrationPlan plan, Reporting report)
                throws RunStopped, SQLException, IOException;
    }

    /**
     * Applies what is pending, or in {@link Mode#VALIDATE} refuses what would have to be done.
     *
     * @param limit for the database to answer
     * @return the report, with the failure if there was one; never null
     */
    public MigrationReport run(DataSource dataSource, Mode mode, Duration limit) {
        return reported(dataSource, mode.toString(), limit, (session, past, plan, report) -> {
            if (session.isInMemory() && !settings.isDevelopment()) {
                Log.log(Message.IN_MEMORY, settings.name());
            }
            Turn turn = new Turn(settings, repository, origin, session, () -> another(dataSource, session));
            if (mode == Mode.VALIDATE) {
                MigrationPlan now = plan.mayMeetAnotherRun() && turn.waitedForAnother() ? plan(session, report) : plan;
                refuse(now);
                if (!now.isNothingToDo()) {
                    throw new RunStopped(new MigrationFailure.Refused(List.of(pending(now))));
                }
            } else if (plan.mayMeetAnotherRun()) {
                migrate(turn, dataSource, session, report);
            } else {
                refuse(plan);
            }
        });
    }

    /** Reads everything again when no other run can change it any more, and does what is to be done then. */
    private void migrate(Turn turn, DataSource dataSource, Session session, Reporting report)
            throws RunStopped, SQLException, IOException {
        try (MigrationLock.Held lock = turn.take()) {
            Past past = past(session);
            MigrationPlan plan = plan(session, past);
            report.plan(plan);
            refuse(plan);
            if (!plan.isNothingToDo()) {
                apply(plan, past, dataSource, session, lock, report);
            }
        }
    }

    private static void refuse(MigrationPlan plan) throws RunStopped {
        if (!plan.refusals().isEmpty()) {
            throw new RunStopped(new MigrationFailure.Refused(plan.refusals()));
        }
    }

    private Connection another(DataSource dataSource, Session session) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            if (settings.schema().isPresent()) {
                session.enter(connection);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Looks at the changelog; changes nothing.
     *
     * @param limit for the database to answer
     */
    public MigrationReport status(DataSource dataSource, Duration limit) {
        return reported(dataSource, "status", limit, (session, past, plan, report) -> {
            Turn turn = new Turn(settings, repository, origin, session, () -> another(dataSource, session));
            if (plan.mayMeetAnotherRun() && turn.isAnothers()) {
                report.running();
            }
        });
    }

    private MigrationReport reported(DataSource dataSource, String mode, Duration limit, Work work) {
        Reporting report = new Reporting(settings, mode, repository.changelog().sql());
        try (Session session = Session.open(new Connector(dataSource, limit), settings.schema())) {
            report.product(session.productName());
            Past past = past(session);
            MigrationPlan plan = plan(session, past);
            report.plan(plan);
            work.on(session, past, plan, report);
            return report.done();
        } catch (RunStopped e) {
            return report.failed(e.failure());
        } catch (IOException e) {
            return report.failed(new MigrationFailure.InvalidScripts(
                    List.of(new Problem("scripts", Message.SCRIPT_UNREADABLE.with(e)))));
        } catch (SQLException | RuntimeException e) {
            Log.trace(Message.CONNECTION_FAILED, e);
            return report.failed(new MigrationFailure.Unreachable(
                    Message.CONNECTION_FAILED.with(Errors.masked(String.valueOf(e.getMessage()))), Errors.of(e)));
        }
    }

    /** What the database says of its past. */
    private record Past(ChangeLog.Known changelog, History.Known history) {}

    private Past past(Session session) throws RunStopped {
        ChangeLog changelog = new ChangeLogTable(repository.changelog(), session.product()).read(session.connection());
        if (changelog instanceof ChangeLog.Unreadable unreadable) {
            throw new RunStopped(
                    new MigrationFailure.UnreadableChangeLog(unreadable.explanation(), unreadable.database()));
        }
        History history = historyTable(session).read(session.connection());
        if (history instanceof History.Unreadable unreadable) {
            throw new RunStopped(
                    new MigrationFailure.UnreadableChangeLog(unreadable.explanation(), unreadable.database()));
        }
        return new Past((ChangeLog.Known) changelog, (History.Known) history);
    }

    private MigrationPlan plan(Session session, Reporting report) throws RunStopped, SQLException, IOException {
        MigrationPlan plan = plan(session, past(session));
        report.plan(plan);
        return plan;
    }

    private HistoryTable historyTable(Session session) {
        return new HistoryTable(repository.changelog(), session.product(), origin);
    }

    private MigrationPlan plan(Session session, Past past) throws SQLException, IOException {
        return MigrationPlan.of(new Situation(
                repository.scripts(),
                past.changelog(),
                past.history(),
                new Standings(repository, session).of(past.changelog(), past.history()),
                settings.target(),
                settings.policies()));
    }

    private void apply(
            MigrationPlan plan,
            Past past,
            DataSource dataSource,
            Session session,
            MigrationLock.Held lock,
            Reporting report)
            throws RunStopped, SQLException, IOException {
        HistoryTable table = historyTable(session);
        FirstWrites first = new FirstWrites(repository.changelog());
        if (past.history() instanceof History.Absent) {
            first.write(() -> table.create(session.connection()));
        }
        boolean transactionalTables = session.product().hasOnlyTransactionalTables(session.connection());
        Journal journal = new Journal(table, session, repository, past.history().next(), transactionalTables);
        first.write(() -> new Records(repository, session, journal).write(plan, past.changelog(), past.history()));
        Operation.Outcome outcome = plan.steps().isEmpty()
                ? new Operation.Outcome(Map.of(), Optional.empty())
                : operate(plan, past, dataSource, session, journal, lock);
        report.applied(outcome.applied());
        try {
            session.settle();
            report.plan(plan(session, past(session)));
        } catch (RunStopped | SQLException e) {
            if (outcome.failure().isEmpty()) {
                throw e;
            }
            // the connection is gone with the failure that is reported; what was found before it stands
            Log.trace(Message.CONNECTION_FAILED, e);
        }
        if (outcome.failure().isPresent()) {
            throw new RunStopped(outcome.failure().get());
        }
    }

    private Operation.Outcome operate(
            MigrationPlan plan,
            Past past,
            DataSource dataSource,
            Session session,
            Journal journal,
            MigrationLock.Held lock)
            throws SQLException {
        Script last = plan.steps().get(plan.steps().size() - 1).script();
        Log.log(Message.RUN_BEGINS, settings.name(), plan.steps().size(), session.productName(), last.file());
        return new Operation(repository, session, () -> another(dataSource, session), lock)
                .apply(plan, past.changelog(), journal);
    }

    private Problem pending(MigrationPlan plan) {
        String scripts = plan.steps().stream().map(step -> step.script().path()).collect(Collectors.joining(", "));
        return new Problem(
                "mode validate", Message.PENDING_REFUSED.with(plan.steps().size(), scripts));
    }
}
