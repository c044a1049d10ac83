package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.changelog.History;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.lock.MigrationLock;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.settings.TransactionMode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.ibatis.migration.ConnectionProvider;

/** Does what a plan says, under the lock. Not thread-safe. */
final class Execution {
    private final Job job;
    private final Session session;
    private final RunClock clock;
    private final TimeLimit limit;
    private final Reporting report;
    private final Drift drift;
    private final Safeguards safeguards;
    private final Look look;
    private final ConnectionProvider another;

    /**
     * @param look that is taken again behind the scripts
     * @param another gives connections of their own to hooks that ask
     */
    Execution(
            Job job,
            Session session,
            RunClock clock,
            TimeLimit limit,
            Reporting report,
            Drift drift,
            Safeguards safeguards,
            Look look,
            ConnectionProvider another) {
        this.job = job;
        this.session = session;
        this.clock = clock;
        this.limit = limit;
        this.report = report;
        this.drift = drift;
        this.safeguards = safeguards;
        this.look = look;
        this.another = another;
    }

    /** Ends the run if there are any. */
    void refuseObstacles(View view) throws RunStopped, SQLException {
        List<Problem> obstacles = obstacles(view);
        if (!obstacles.isEmpty()) {
            throw new RunStopped(new MigrationFailure.Refused(obstacles));
        }
    }

    /** What scripts and hooks would fail of, whoever runs them. */
    List<Problem> obstacles(View view) throws SQLException {
        List<Problem> obstacles = new ArrayList<>();
        if (job.settings().transaction() == TransactionMode.DEPLOYMENT) {
            obstacles.addAll(modes(view).obstacles(session.product().hasOnlyTransactionalTables(session.connection())));
        }
        if (session.product().dropsAllButTheFirst()
                && job.repository().isSentWhole()
                && !view.plan().running().isEmpty()) {
            obstacles.add(new Problem("send_full_script", Message.STATEMENTS_DROPPED.with(session.productName())));
        }
        if (!view.plan().undoes().isEmpty()) {
            obstacles.addAll(job.repository().hooks().ofUndo().prepare());
        }
        return obstacles;
    }

    private ScriptModes modes(View view) {
        return new ScriptModes(
                job.repository(),
                session.product(),
                view.changelog(),
                view.plan().running());
    }

    /** Writes what is to be recorded, then undoes and applies what is to run. */
    void write(View view, MigrationLock.Held lock) throws RunStopped, SQLException, IOException {
        safeguards.requireWindow(view.plan());
        TableEngines engines = new TableEngines(session);
        ScriptModes modes = modes(view);
        refuseObstacles(view);
        safeguards.backUp(view.plan());
        HistoryTable table = history();
        FirstWrites first = new FirstWrites(job.repository().changelog());
        if (view.history() instanceof History.Absent) {
            first.write(() -> table.create(session.connection()));
        }
        Journal journal =
                new Journal(table, session, job.repository(), view.history().next(), engines);
        first.write(() ->
                new Records(job.repository(), session, journal).write(view.plan(), view.changelog(), view.history()));
        View after = view.plan().running().isEmpty() ? look.behind() : operate(view, journal, modes, lock);
        drift.record(after.changelog(), after.history());
    }

    private View operate(View view, Journal journal, ScriptModes modes, MigrationLock.Held lock)
            throws RunStopped, SQLException, IOException {
        MigrationPlan plan = view.plan();
        tellBeginning(plan);
        warnOfPooler(plan, modes);
        Whereabouts whereabouts = new Whereabouts(plan.running().size(), lock);
        clock.every(Whereabouts.EVERY, () -> whereabouts.tell(job.settings().name()));
        job.atWork().set(Optional.of(whereabouts));
        ScriptChanges changes = drift.begin(plan);
        Operation.Outcome outcome = new Operation(
                        job.repository(),
                        session,
                        another,
                        lock,
                        job.settings().transaction(),
                        limit,
                        whereabouts,
                        job.listeners(),
                        changes)
                .perform(plan, modes, journal, report.applied());
        job.atWork().set(Optional.empty());
        whereabouts.end();
        report.applied(outcome.applied());
        report.undone(outcome.undone());
        Optional<View> after = Optional.empty();
        try {
            session.settle();
            after = Optional.of(look.behind());
        } catch (RunStopped | SQLException e) {
            if (outcome.failure().isEmpty()) {
                throw e;
            }
            // the connection is gone with the failure that is reported; what was found before it stands
            Log.trace(Message.CONNECTION_FAILED, e);
        }
        if (outcome.failure().isPresent()) {
            throw new RunStopped(outcome.failure().get(), outcome.again());
        }
        return after.orElseThrow();
    }

    private void tellBeginning(MigrationPlan plan) throws SQLException {
        List<Step.Undo> undoes = plan.undoes();
        if (!undoes.isEmpty()) {
            String last = undoes.get(undoes.size() - 1).part().place();
            Log.log(Message.UNDO_RUN_BEGINS, job.settings().name(), undoes.size(), session.productName(), last);
        }
        List<Step.Apply> steps = plan.steps();
        if (!steps.isEmpty()) {
            String last = steps.get(steps.size() - 1).script().file();
            Log.log(
                    Message.RUN_BEGINS,
                    RunTable.of(steps),
                    job.settings().name(),
                    steps.size(),
                    session.productName(),
                    last);
        }
    }

    private void warnOfPooler(MigrationPlan plan, ScriptModes modes) {
        if (!session.isPooled()) {
            return;
        }
        String concerned = plan.running().stream()
                .filter(step -> step.script().sessionBound())
                .filter(step -> modes.of(step, true).isJournaled())
                .map(step -> step.part().place())
                .collect(Collectors.joining(", "));
        if (!concerned.isEmpty()) {
            report.warn(Message.SESSION_BEHIND_POOLER.with(concerned));
        }
    }

    private HistoryTable history() {
        return new HistoryTable(job.repository().changelog(), session.product(), job.origin(), report.backup());
    }
}
