package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RunInProgress;
import io.github.deploymigrations.database.SchemaTables;
import io.github.deploymigrations.lock.MigrationLock;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.plan.Goal;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.settings.MigrationSettings;
import io.github.deploymigrations.settings.Resolution;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** One attempt on one connection: look, decide, and have it done. Not thread-safe. */
final class Run {
    private final Job job;
    private final MigrationSettings settings;
    private final Goal goal;
    private final DataSource dataSource;
    private final Session session;
    private final Reporting report;
    private final Drift drift;
    private final Safeguards safeguards;
    private final Foresight foresight;
    private final Look look;
    private final RunClock clock;
    private final TimeLimit limit;
    /** As of most starts nothing is to be done, what does it is made when something is. */
    private Optional<Turn> turn = Optional.empty();

    private Optional<Execution> execution = Optional.empty();

    /**
     * @param goal to reach
     * @param dataSource that a second connection comes from, where one is needed
     */
    Run(Job job, Goal goal, DataSource dataSource, Session session, RunClock clock, TimeLimit limit, Reporting report) {
        this.job = job;
        this.settings = job.settings();
        this.goal = goal;
        this.dataSource = dataSource;
        this.session = session;
        this.report = report;
        this.clock = clock;
        this.limit = limit;
        this.drift = new Drift(job, session, report);
        this.safeguards = new Safeguards(settings, session, limit, report);
        this.foresight = new Foresight(settings, job.repository(), session, report, job.known());
        this.look = new Look(job, goal, session, report);
    }

    private Turn turn() {
        if (turn.isEmpty()) {
            turn = Optional.of(new Turn(settings, job.repository(), job.origin(), session, limit, this::another));
        }
        return turn.get();
    }

    private Execution execution() {
        if (execution.isEmpty()) {
            execution = Optional.of(
                    new Execution(job, session, clock, limit, report, drift, safeguards, look, this::another));
        }
        return execution.get();
    }

    /** Tells what is there. */
    void status(Patience patience) throws RunStopped, SQLException, IOException {
        report.product(session.productName());
        View view = look.now();
        if (!tellOfAnother(true)) {
            drift.look(view.changelog(), view.history(), patience);
        }
        foresight.tell();
        safeguards.missingTables().ifPresent(report::warn);
    }

    /**
     * Tells what {@link #perform()} would do; refuses what it would refuse, but for the transaction of somebody else's that
     * it would write in. While another run is at work, nobody can tell.
     */
    void plan() throws RunStopped, SQLException, IOException {
        report.product(session.productName());
        View view = look.now();
        if (!tellOfAnother(view.plan().mayMeetAnotherRun())) {
            drift.compare(view.changelog(), view.history());
            refuse(view.plan());
            execution().refuseObstacles(view);
            foresight.tell(view.situation(), view.plan());
            safeguards.closedWindow(view.plan()).map(Problem::explanation).ifPresent(report::warn);
            report.planned(
                    new PlanText(job.repository(), session, view.changelog(), settings.transaction()).of(view.plan()));
        }
    }

    private boolean tellOfAnother(boolean ask) throws SQLException {
        Optional<Whereabouts> own = job.atWork().get();
        if (own.isPresent()) {
            report.running(own.get().inProgress(job.origin()));
            return true;
        }
        Optional<RunInProgress> other = ask ? turn().another() : Optional.empty();
        other.ifPresent(report::running);
        return other.isPresent();
    }

    /** Refuses what {@link #perform()} would do or refuse. */
    void validate() throws RunStopped, SQLException, IOException {
        View view = begin();
        if (view.plan().mayMeetAnotherRun() && turn().waitedForAnother()) {
            view = look.now();
        }
        drift.compare(view.changelog(), view.history());
        refuse(view.plan());
        List<Problem> found = new ArrayList<>(foresight.obstacles());
        if (!view.plan().isNothingToDo()) {
            foresight.tell(view.situation(), view.plan());
            found.addAll(0, open(view.plan()));
            found.addAll(execution().obstacles(view));
            throw new RunStopped(new MigrationFailure.Refused(found));
        }
        if (!found.isEmpty()) {
            throw new RunStopped(new MigrationFailure.NotBegun(found));
        }
        requireTables();
    }

    /** Does what is to be done to reach the goal; takes the lock only where there may be something to do. */
    void perform() throws RunStopped, SQLException, IOException {
        View view = begin();
        if (!view.plan().isNothingToDo()) {
            session.requireNoForeignTransaction();
        }
        view = foreseen(view);
        if (view.plan().mayMeetAnotherRun()) {
            session.requireNoForeignTransaction();
            session.remember();
            long start = System.nanoTime();
            Optional<MigrationLock.Held> lock = turn().take(view.plan(), view.changelog());
            if (lock.isEmpty()) {
                view = look.now();
                lock = view.plan().mayMeetAnotherRun() ? Optional.of(turn().take()) : lock;
            }
            report.waited(Duration.ofNanos(System.nanoTime() - start));
            if (lock.isPresent()) {
                perform(lock.get());
                return;
            }
        }
        drift.compare(view.changelog(), view.history());
        refuse(view.plan());
        requireTables();
    }

    private void perform(MigrationLock.Held lock) throws RunStopped, SQLException, IOException {
        try (lock) {
            // only now no other run can change it any more
            View now = look.now();
            drift.compare(now.changelog(), now.history());
            refuse(now.plan());
            if (!now.plan().isNothingToDo()) {
                execution().write(now, lock);
            }
        }
        requireTables();
    }

    /** What would keep the run from ending well ends it before anything is locked or written, all of it in one message. */
    private View foreseen(View view) throws RunStopped, SQLException, IOException {
        View now = view;
        List<Problem> found = foreseeable(now);
        if (found.isEmpty()) {
            return now;
        }
        if (!now.plan().isNothingToDo()) {
            Optional<Problem> ofLock = turn().obstacle();
            if (ofLock.isEmpty()) {
                turn().waitedForAnother();
            }
            // another may be allowed to do what this one is not, and have done it, also before anybody waited for it
            now = look.now();
            found = foreseeable(now);
            if (!now.plan().isNothingToDo()) {
                ofLock.ifPresent(found::add);
            }
        }
        if (found.isEmpty()) {
            return now;
        }
        found.addAll(0, now.plan().refusals());
        throw new RunStopped(new MigrationFailure.NotBegun(found));
    }

    private List<Problem> foreseeable(View view) throws SQLException {
        if (view.plan().isNothingToDo()) {
            return new ArrayList<>(foresight.obstacles());
        }
        List<Problem> found = new ArrayList<>(foresight.obstacles(view.situation(), view.plan()));
        safeguards.closedWindow(view.plan()).ifPresent(found::add);
        found.addAll(execution().obstacles(view));
        return found;
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
        session.requireNoForeignTransaction();
        session.remember();
        try (MigrationLock.Held lock = turn().take()) {
            View now = look.now();
            drift.compare(now.changelog(), now.history());
            MigrationPlan plan = MigrationPlan.settling(now.situation(), id, how);
            refuse(plan);
            if (plan.isNothingToDo()) {
                throw new RunStopped(new MigrationFailure.Refused(
                        List.of(new Problem("resolve", Message.NOTHING_TO_SETTLE.with(id, how)))));
            }
            execution().write(new View(now.situation(), plan), lock);
        }
    }

    private View begin() throws RunStopped, SQLException, IOException {
        report.product(session.productName());
        if (session.isInMemory() && !settings.isDevelopment()) {
            Log.log(Message.IN_MEMORY, settings.name());
        }
        View view = look.now();
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
        List<Step> records = view.plan().records();
        boolean counts = !records.isEmpty() && records.stream().anyMatch(Step.Baseline.class::isInstance);
        if (counts
                && !SchemaTables.any(
                        session.connection(),
                        session.product(),
                        name -> !job.repository().changelog().isOfFamily(name))) {
            report.warn(Message.BASELINE_ON_EMPTY.with(
                    settings.policies().baseline().orElseThrow()));
        }
    }

    private static void refuse(MigrationPlan plan) throws RunStopped {
        if (!plan.refusals().isEmpty()) {
            throw new RunStopped(new MigrationFailure.Refused(plan.refusals()));
        }
    }

    /** A second connection in the same schema, and with the same limit. */
    private Connection another() throws SQLException {
        Connection connection = dataSource.getConnection();
        boolean asItComes = settings.schema().isEmpty() && limit.timeout().isEmpty();
        return asItComes ? connection : SecondConnection.of(connection, session, limit);
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
        List<String> settled = plan.records().stream()
                .filter(step -> !(step instanceof Step.Baseline))
                .map(step -> step.id().toString())
                .toList();
        if (!settled.isEmpty()) {
            open.add(new Problem(
                    "mode validate", Message.RECORDS_PENDING.with(settled.size(), String.join(", ", settled))));
        }
        if (!plan.steps().isEmpty()) {
            open.add(new Problem(
                    "mode validate", Message.PENDING_REFUSED.with(plan.steps().size(), places(plan.steps()))));
        }
        return open;
    }

    private static String places(List<? extends Step.Running> steps) {
        return steps.stream().map(step -> step.part().place()).collect(Collectors.joining(", "));
    }
}
