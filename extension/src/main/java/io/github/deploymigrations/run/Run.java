package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RunInProgress;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.ChangeLogTable;
import io.github.deploymigrations.changelog.History;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.database.SchemaTables;
import io.github.deploymigrations.lock.MigrationLock;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.plan.Goal;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.plan.Situation;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.scripts.UndoPart;
import io.github.deploymigrations.settings.MigrationSettings;
import io.github.deploymigrations.settings.Resolution;
import io.github.deploymigrations.settings.TransactionMode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** One attempt on one connection: look, decide, and do. Not thread-safe. */
final class Run {
    private final MigrationSettings settings;
    private final Goal goal;
    private final ScriptRepository repository;
    private final HistoryTable.Origin origin;
    private final DataSource dataSource;
    private final Session session;
    private final RunClock clock;
    private final TimeLimit limit;
    private final Reporting report;
    private final Listeners listeners;
    private final AtomicReference<Optional<Whereabouts>> atWork;
    private final Turn turn;
    private final Safeguards safeguards;

    Run(
            MigrationSettings settings,
            Goal goal,
            ScriptRepository repository,
            HistoryTable.Origin origin,
            DataSource dataSource,
            Session session,
            RunClock clock,
            TimeLimit limit,
            Reporting report,
            Listeners listeners,
            AtomicReference<Optional<Whereabouts>> atWork) {
        this.settings = settings;
        this.goal = goal;
        this.repository = repository;
        this.origin = origin;
        this.dataSource = dataSource;
        this.session = session;
        this.clock = clock;
        this.limit = limit;
        this.report = report;
        this.listeners = listeners;
        this.atWork = atWork;
        this.safeguards = new Safeguards(settings, session, limit, report);
        this.turn = new Turn(settings, repository, origin, session, limit, this::another);
    }

    /** What the database says, and what follows from it. */
    private record View(Situation situation, MigrationPlan plan) {
        ChangeLog.Known changelog() {
            return situation.changelog();
        }

        History.Known history() {
            return situation.history();
        }
    }

    /** Looks at changelog and history; changes nothing. */
    private View look() throws RunStopped, SQLException, IOException {
        ChangeLog changelog = new ChangeLogTable(repository.changelog(), session.product()).read(session.connection());
        if (changelog instanceof ChangeLog.Unreadable unreadable) {
            throw new RunStopped(
                    new MigrationFailure.UnreadableChangeLog(unreadable.explanation(), unreadable.database()));
        }
        History history = history().read(session.connection());
        if (history instanceof History.Unreadable unreadable) {
            throw new RunStopped(
                    new MigrationFailure.UnreadableChangeLog(unreadable.explanation(), unreadable.database()));
        }
        View view = view((ChangeLog.Known) changelog, (History.Known) history);
        report.plan(view.plan());
        return view;
    }

    private View view(ChangeLog.Known changelog, History.Known history) throws SQLException, IOException {
        Situation found = new Situation(
                repository.scripts(),
                changelog,
                history,
                Map.of(),
                Map.of(),
                goal(),
                settings.target(),
                settings.policies());
        Map<RevisionId, UndoPart> undoParts = new UndoParts(repository, history(), session).of(found);
        Situation situation =
                found.with(new Standings(repository, session).of(changelog, history, undoParts), undoParts);
        return new View(situation, MigrationPlan.of(situation));
    }

    /** Without what an earlier attempt of this run undid. */
    private Goal goal() {
        return goal instanceof Goal.Down down
                ? new Goal.Down(down.steps() - report.undone().size())
                : goal;
    }

    /** Tells what is there. */
    void status() throws RunStopped, SQLException, IOException {
        report.product(session.productName());
        look();
        tellOfAnother(true);
        safeguards.missingTables().ifPresent(report::warn);
    }

    /** Tells what {@link #perform()} would do; refuses what it would refuse. While another run is at work, nobody can tell. */
    void plan() throws RunStopped, SQLException, IOException {
        report.product(session.productName());
        View view = look();
        if (!tellOfAnother(view.plan().mayMeetAnotherRun())) {
            refuse(view.plan());
            refuseObstacles(view);
            report.planned(new PlanText(repository, session, view.changelog(), settings.transaction()).of(view.plan()));
        }
    }

    private boolean tellOfAnother(boolean ask) throws SQLException {
        Optional<Whereabouts> own = atWork.get();
        if (own.isPresent()) {
            report.running(own.get().inProgress(origin));
            return true;
        }
        Optional<RunInProgress> other = ask ? turn.another() : Optional.empty();
        other.ifPresent(report::running);
        return other.isPresent();
    }

    /** Refuses what {@link #perform()} would do or refuse. */
    void validate() throws RunStopped, SQLException, IOException {
        View view = begin();
        if (view.plan().mayMeetAnotherRun() && turn.waitedForAnother()) {
            view = look();
        }
        refuse(view.plan());
        if (!view.plan().isNothingToDo()) {
            throw new RunStopped(new MigrationFailure.Refused(open(view.plan())));
        }
        requireTables();
    }

    /** Does what is to be done to reach the goal; takes the lock only where there may be something to do. */
    void perform() throws RunStopped, SQLException, IOException {
        View view = begin();
        if (!view.plan().mayMeetAnotherRun()) {
            refuse(view.plan());
            requireTables();
            return;
        }
        safeguards.requireWindow(view.plan());
        long start = System.nanoTime();
        try (MigrationLock.Held lock = turn.take()) {
            report.waited(Duration.ofNanos(System.nanoTime() - start));
            // only now no other run can change it any more
            View now = look();
            refuse(now.plan());
            if (!now.plan().isNothingToDo()) {
                write(now, lock);
            }
        }
        requireTables();
    }

    /** Who undoes on purpose knows what goes. */
    private void requireTables() throws RunStopped, SQLException {
        if (goal instanceof Goal.Release) {
            safeguards.requireTables();
        }
    }

    /** Settles one revision by a person's word. */
    void settle(RevisionId id, Resolution how) throws RunStopped, SQLException, IOException {
        begin();
        try (MigrationLock.Held lock = turn.take()) {
            View now = look();
            MigrationPlan plan = MigrationPlan.settling(now.situation(), id, how);
            if (plan.isNothingToDo()) {
                throw new RunStopped(new MigrationFailure.Refused(
                        List.of(new Problem("resolve", Message.NOTHING_TO_SETTLE.with(id, how)))));
            }
            write(new View(now.situation(), plan), lock);
        }
    }

    private View begin() throws RunStopped, SQLException, IOException {
        report.product(session.productName());
        if (session.isInMemory() && !settings.isDevelopment()) {
            Log.log(Message.IN_MEMORY, settings.name());
        }
        View view = look();
        tellOfBaseline(view);
        return view;
    }

    private void tellOfBaseline(View view) throws SQLException {
        if (view.situation().isBaselineIgnored()) {
            Log.log(
                    Message.BASELINE_IGNORED,
                    settings.name(),
                    settings.policies().baseline().orElseThrow());
        }
        boolean counts = view.plan().records().stream().anyMatch(Step.Baseline.class::isInstance);
        if (counts
                && !SchemaTables.any(
                        session.connection(),
                        session.product(),
                        name -> !repository.changelog().isOfFamily(name))) {
            report.warn(Message.BASELINE_ON_EMPTY.with(
                    settings.policies().baseline().orElseThrow()));
        }
    }

    private static void refuse(MigrationPlan plan) throws RunStopped {
        if (!plan.refusals().isEmpty()) {
            throw new RunStopped(new MigrationFailure.Refused(plan.refusals()));
        }
    }

    private void refuseObstacles(View view) throws RunStopped, SQLException {
        List<Problem> obstacles = new ArrayList<>();
        if (settings.transaction() == TransactionMode.DEPLOYMENT) {
            obstacles.addAll(modes(view).obstacles(session.product().hasOnlyTransactionalTables(session.connection())));
        }
        if (session.product().dropsAllButTheFirst()
                && repository.isSentWhole()
                && !view.plan().running().isEmpty()) {
            obstacles.add(new Problem("send_full_script", Message.STATEMENTS_DROPPED.with(session.productName())));
        }
        if (!view.plan().undoes().isEmpty()) {
            obstacles.addAll(repository.hooks().ofUndo().problems());
        }
        if (!obstacles.isEmpty()) {
            throw new RunStopped(new MigrationFailure.Refused(obstacles));
        }
    }

    private ScriptModes modes(View view) {
        return new ScriptModes(
                repository, session.product(), view.changelog(), view.plan().running());
    }

    private void write(View view, MigrationLock.Held lock) throws RunStopped, SQLException, IOException {
        safeguards.requireWindow(view.plan());
        boolean transactionalTables = session.product().hasOnlyTransactionalTables(session.connection());
        ScriptModes modes = modes(view);
        refuseObstacles(view);
        safeguards.backUp(view.plan());
        HistoryTable table = history();
        FirstWrites first = new FirstWrites(repository.changelog());
        if (view.history() instanceof History.Absent) {
            first.write(() -> table.create(session.connection()));
        }
        Journal journal = new Journal(table, session, repository, view.history().next(), transactionalTables);
        first.write(
                () -> new Records(repository, session, journal).write(view.plan(), view.changelog(), view.history()));
        if (view.plan().running().isEmpty()) {
            look();
        } else {
            operate(view, journal, modes, lock);
        }
    }

    private void operate(View view, Journal journal, ScriptModes modes, MigrationLock.Held lock)
            throws RunStopped, SQLException, IOException {
        MigrationPlan plan = view.plan();
        tellBeginning(plan);
        warnOfPooler(plan, modes);
        Whereabouts whereabouts = new Whereabouts(plan.running().size(), lock);
        clock.every(Whereabouts.EVERY, () -> whereabouts.tell(settings.name()));
        atWork.set(Optional.of(whereabouts));
        Operation.Outcome outcome = new Operation(
                        repository, session, this::another, lock, settings.transaction(), limit, whereabouts, listeners)
                .perform(plan, modes, journal, report.applied());
        atWork.set(Optional.empty());
        whereabouts.end();
        report.applied(outcome.applied());
        report.undone(outcome.undone());
        try {
            session.settle();
            look();
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
    }

    private void tellBeginning(MigrationPlan plan) throws SQLException {
        List<Step.Undo> undoes = plan.undoes();
        if (!undoes.isEmpty()) {
            String last = undoes.get(undoes.size() - 1).part().place();
            Log.log(Message.UNDO_RUN_BEGINS, settings.name(), undoes.size(), session.productName(), last);
        }
        List<Step.Apply> steps = plan.steps();
        if (!steps.isEmpty()) {
            String last = steps.get(steps.size() - 1).script().file();
            Log.log(Message.RUN_BEGINS, RunTable.of(steps), settings.name(), steps.size(), session.productName(), last);
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
        return new HistoryTable(repository.changelog(), session.product(), origin, report.backup());
    }

    /** A second connection in the same schema. */
    private Connection another() throws SQLException {
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

    /** What a run would do. */
    private static List<Problem> open(MigrationPlan plan) {
        List<Problem> open = new ArrayList<>();
        String counted = plan.records().stream()
                .filter(Step.Baseline.class::isInstance)
                .map(step -> ((Step.Baseline) step).script().path())
                .collect(Collectors.joining(", "));
        if (!counted.isEmpty()) {
            open.add(new Problem("mode validate", Message.BASELINE_PENDING.with(counted)));
        }
        if (!plan.undoes().isEmpty()) {
            open.add(new Problem(
                    "mode validate", Message.UNDO_REFUSED.with(plan.undoes().size(), places(plan.undoes()))));
        }
        if (!plan.steps().isEmpty() || open.isEmpty()) {
            open.add(new Problem(
                    "mode validate", Message.PENDING_REFUSED.with(plan.steps().size(), places(plan.steps()))));
        }
        return open;
    }

    private static String places(List<? extends Step.Running> steps) {
        return steps.stream().map(step -> step.part().place()).collect(Collectors.joining(", "));
    }
}
