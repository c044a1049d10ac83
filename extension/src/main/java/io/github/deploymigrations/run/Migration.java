package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.ChangeLogTable;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.scripts.ClassPath;
import io.github.deploymigrations.scripts.RepositoryReader;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.settings.MigrationSettings;
import io.github.deploymigrations.settings.Mode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * One database and the scripts for it, read and checked: what can be run, and asked for its status as often as one
 * likes. Immutable and thread-safe; that two runs of one database do not meet is the caller's business.
 */
public final class Migration {
    private final MigrationSettings settings;
    private final ScriptRepository repository;

    private Migration(MigrationSettings settings, ScriptRepository repository) {
        this.settings = settings;
        this.repository = repository;
    }

    /**
     * Reads and parses every script; touches no database.
     *
     * @throws io.github.deploymigrations.messages.ProblemsFound with all that is wrong
     */
    public static Migration prepare(MigrationSettings settings, ClassPath classPath) {
        return new Migration(settings, RepositoryReader.read(settings, classPath));
    }

    /** What happens between the changelog and the report. */
    @FunctionalInterface
    private interface Work {
        void on(Session session, MigrationPlan plan, Reporting report) throws RunStopped, SQLException;
    }

    /**
     * Applies what is pending, or in {@link Mode#VALIDATE} refuses what would have to be done.
     *
     * @param limit for the database to answer
     * @return the report, with the failure if there was one; never null
     */
    public MigrationReport run(DataSource dataSource, Mode mode, Duration limit) {
        return reported(dataSource, mode.toString(), limit, (session, plan, report) -> {
            if (!plan.refusals().isEmpty()) {
                throw new RunStopped(new MigrationFailure.Refused(plan.refusals()));
            }
            if (!plan.steps().isEmpty()) {
                if (mode == Mode.VALIDATE) {
                    throw new RunStopped(new MigrationFailure.Refused(List.of(pending(plan.steps()))));
                }
                apply(plan, dataSource, session, report);
            }
        });
    }

    /**
     * Looks at the changelog; changes nothing.
     *
     * @param limit for the database to answer
     */
    public MigrationReport status(DataSource dataSource, Duration limit) {
        return reported(dataSource, "status", limit, (session, plan, report) -> {});
    }

    private MigrationReport reported(DataSource dataSource, String mode, Duration limit, Work work) {
        Reporting report = new Reporting(settings, mode, repository.changelog().sql());
        try (Session session = Session.open(new Connector(dataSource, limit), settings.schema())) {
            report.product(session.productName());
            if (session.isInMemory() && !settings.isDevelopment()) {
                Log.log(Message.IN_MEMORY, settings.name());
            }
            MigrationPlan plan = plan(session);
            report.revisions(plan.revisions());
            work.on(session, plan, report);
            return report.done();
        } catch (RunStopped e) {
            return report.failed(e.failure());
        } catch (SQLException e) {
            return report.failed(new MigrationFailure.Unreachable(
                    Message.CONNECTION_FAILED.with(Errors.masked(String.valueOf(e.getMessage()))), Errors.of(e)));
        }
    }

    private MigrationPlan plan(Session session) throws RunStopped {
        ChangeLog changelog = new ChangeLogTable(repository.changelog(), session.product()).read(session.connection());
        if (changelog instanceof ChangeLog.Unreadable unreadable) {
            throw new RunStopped(
                    new MigrationFailure.UnreadableChangeLog(unreadable.explanation(), unreadable.database()));
        }
        return MigrationPlan.of(repository.scripts(), (ChangeLog.Known) changelog, settings.target());
    }

    private void apply(MigrationPlan plan, DataSource dataSource, Session session, Reporting report)
            throws RunStopped, SQLException {
        Log.log(
                Message.RUN_BEGINS,
                settings.name(),
                plan.steps().size(),
                session.productName(),
                plan.steps().get(plan.steps().size() - 1).file());
        Operation.Outcome outcome = new Operation(settings, repository, dataSource, session).apply(plan.steps());
        report.applied(outcome.applied());
        try {
            session.settle();
            report.revisions(plan(session).revisions());
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

    private Problem pending(List<Script> steps) {
        String scripts = steps.stream().map(Script::path).collect(Collectors.joining(", "));
        return new Problem("mode validate", Message.PENDING_REFUSED.with(steps.size(), scripts));
    }
}
