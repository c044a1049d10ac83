package io.github.deploymigrations.deployment;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.run.Patience;
import io.github.deploymigrations.scripts.ScriptText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The migrations of the WAR that this class was loaded with: run once, at the first moment at which every DataSource can
 * be found, and asked for their status afterwards. Thread-safe.
 */
public final class Deployment {
    private static Deployment current = new Deployment();

    private final Map<String, StatusView> views = new ConcurrentHashMap<>();
    private Optional<FutureTask<Preparation>> preparation = Optional.empty();
    private volatile Optional<DeploymentReport> report = Optional.empty();
    private volatile Optional<DeploymentReport> ofStart = Optional.empty();
    private Optional<Consumer<DeploymentReport>> whenRun = Optional.empty();

    private Deployment() {}

    /**
     * The deployment of this jar's class loader, which is the WAR's. Held in a static, as persistence units are created
     * before CDI and a servlet may live in a WAR without it.
     */
    public static synchronized Deployment current() {
        return current;
    }

    /** The deployment is over; what the same class loader deploys next is another one. */
    public static synchronized void end() {
        current = new Deployment();
    }

    /**
     * Runs the migrations, unless they ran already or a later moment is to be waited for.
     *
     * @return what happened, or empty if it is too early
     */
    public synchronized Optional<DeploymentReport> run(Moment moment) {
        if (report.isEmpty()) {
            Preparation prepared = prepared();
            report = prepared instanceof Preparation.Ready ready
                    ? run(ready, moment)
                    : Optional.of(((Preparation.Settled) prepared).report());
            ofStart = report;
            if (report.isPresent()) {
                DeploymentLog.write(report.get());
            }
        }
        return report;
    }

    /** Calls with what happened, now or as soon as the run has ended. */
    public void whenRun(Consumer<DeploymentReport> call) {
        Optional<DeploymentReport> done;
        synchronized (this) {
            done = report;
            whenRun = done.isPresent() ? Optional.empty() : Optional.of(call);
        }
        if (done.isPresent()) {
            call.accept(done.get());
        }
    }

    /** Tells whom {@link #whenRun} promised to, if the run has ended. */
    public void tell() {
        Optional<Consumer<DeploymentReport>> waiting;
        synchronized (this) {
            waiting = report.isPresent() ? whenRun : Optional.empty();
            whenRun = report.isPresent() ? Optional.empty() : whenRun;
        }
        if (waiting.isPresent()) {
            waiting.get().accept(outcome().orElseThrow());
        }
    }

    /** Begins to read settings and scripts while the container is at work of its own. */
    public synchronized void prepare() {
        if (preparation.isEmpty()) {
            preparation = Optional.of(Preparation.reading(new DeploymentFiles()));
            Thread reader = new Thread(preparation.get(), "migrations-reader");
            reader.setDaemon(true);
            reader.start();
        }
    }

    /** Everything is read once, also if the run has to wait for a later moment. */
    private Preparation prepared() {
        if (preparation.isEmpty()) {
            preparation = Optional.of(Preparation.reading(new DeploymentFiles()));
            preparation.get().run();
        }
        return Preparation.read(preparation.get());
    }

    private Optional<DeploymentReport> run(Preparation.Ready ready, Moment moment) {
        DeploymentRun attempt = new DeploymentRun(ready);
        DeploymentLimit limit = DeploymentLimit.watch();
        Optional<DeploymentReport> outcome;
        try {
            outcome = attempt.run(moment);
        } finally {
            limit.end();
        }
        if (outcome.isPresent()) {
            for (DatabaseReport database : outcome.get().databases()) {
                String name = database.report().name();
                DataSource dataSource = attempt.found().get(name);
                if (dataSource != null) {
                    views.put(name, new StatusView(database, ready.migrations().get(name), dataSource));
                }
            }
        }
        return outcome;
    }

    /** What the run of this deployment said; asks no database, and waits for no run. Empty before it. */
    public Optional<DeploymentReport> outcome() {
        return report;
    }

    /** Whether its run keeps the application from answering. What a person mends afterwards does not open it. */
    public boolean isBlocked() {
        return blockedBy().isPresent();
    }

    /** The block whose failure keeps the application from answering, if one does. */
    public Optional<String> blockedBy() {
        return ofStart.flatMap(DeploymentReport::blockedBy);
    }

    /** Whether the application answers, on databases to which was done what should have been. Asks no database. */
    public boolean isReady() {
        return !isBlocked() && report.filter(DeploymentReport::isDutyDone).isPresent();
    }

    /** What the run of this deployment said, with the revisions as the databases have them now. Empty before it. */
    public Optional<DeploymentReport> status() {
        return status(Patience.ENOUGH);
    }

    /** The same for one who may have no patience. */
    public Optional<DeploymentReport> status(Patience patience) {
        return outcome().map(done -> now(done, patience));
    }

    /**
     * What a run said, with the revisions as the databases have them now. All are asked before any is waited for: of
     * several that do not answer, the first takes all the time that there is.
     */
    public DeploymentReport now(DeploymentReport done, Patience patience) {
        List<Supplier<DatabaseReport>> looks = new ArrayList<>();
        for (DatabaseReport database : done.databases()) {
            StatusView view = views.get(database.report().name());
            looks.add(view == null ? () -> database : view.look(patience));
        }
        return new DeploymentReport(looks.stream().map(Supplier::get).toList(), done.statusPage());
    }

    /** What a run on the database of this block would do now; empty if the database was not found. */
    public Optional<MigrationReport> plan(String block) {
        return Optional.ofNullable(views.get(block)).map(StatusView::plan);
    }

    /** Whether the database of this block was found, so that something can be done with it. */
    public boolean isLive(String block) {
        return views.containsKey(block);
    }

    /**
     * Does what a person wants with the database of a block that is live.
     *
     * @param actor whom the history names
     * @return what came of it; empty if something else is being done with it in this application
     */
    public Optional<MigrationReport> act(String block, Action action, String actor) {
        StatusView view = views.get(block);
        Optional<MigrationReport> done = view.act(action, actor);
        if (done.isPresent()) {
            synchronized (this) {
                report = report.map(all -> all.with(view.ofRun()));
            }
        }
        return done;
    }

    /** What a block's history calls this deployment; empty if the block did not get as far as to a database. */
    public Optional<String> name(String block) {
        return Optional.ofNullable(views.get(block)).map(StatusView::deployment);
    }

    /** The newest attempts of a block's history, the newest first; empty if they cannot be read. */
    public Optional<List<HistoryTable.Entry>> history(String block) {
        return Optional.ofNullable(views.get(block)).flatMap(StatusView::history);
    }

    /** What the script of an applied revision changed in the schema; none if nobody recorded it. */
    public List<String> changes(String block, RevisionId revision) {
        return Optional.ofNullable(views.get(block))
                .map(view -> view.changes(revision))
                .orElse(List.of());
    }

    /** The script of a revision, for a person to read; empty if this release has none that can be read. */
    public Optional<ScriptText> script(String block, RevisionId revision) {
        return Optional.ofNullable(views.get(block)).flatMap(view -> view.script(revision));
    }
}
