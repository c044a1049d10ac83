package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationListener;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.Node;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.changelog.SchemaNotes;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.messages.ProblemsFound;
import io.github.deploymigrations.plan.Goal;
import io.github.deploymigrations.preflight.Finding;
import io.github.deploymigrations.scripts.ClassPath;
import io.github.deploymigrations.scripts.RepositoryReader;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.scripts.ScriptText;
import io.github.deploymigrations.settings.DriftPolicy;
import io.github.deploymigrations.settings.MigrationSettings;
import io.github.deploymigrations.settings.Mode;
import io.github.deploymigrations.settings.Resolution;
import io.github.deploymigrations.settings.TableName;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/**
 * One database and the scripts for it, read and checked: what can be run, and asked for its status as often as one
 * likes. Immutable and thread-safe; two runs on one changelog take turns.
 */
public final class Migration {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** How much of a script a person is shown, in bytes: more is read better in the file. */
    private static final int LONGEST_SCRIPT = 1024 * 1024;

    private final Job job;
    private final Optional<Duration> longestLook;

    private Migration(Job job, Optional<Duration> longestLook) {
        this.job = job;
        this.longestLook = longestLook;
    }

    /**
     * Reads every script; touches no database. The statements of those that are not applied are looked through when it is
     * known which these are, before anything is locked or written.
     *
     * @param deployment that this is, for the history
     * @param listeners that hear of its runs
     * @throws io.github.deploymigrations.messages.ProblemsFound with all that is wrong
     */
    public static Migration prepare(
            MigrationSettings settings, ClassPath classPath, String deployment, List<MigrationListener> listeners) {
        return new Migration(
                new Job(
                        settings,
                        RepositoryReader.read(settings, classPath),
                        new HistoryTable.Origin(Node.name(), deployment, Optional.empty()),
                        new Listeners(settings.name(), listeners),
                        new AtomicReference<>(Optional.empty()),
                        new RecentDrift(),
                        List.of()),
                Optional.empty());
    }

    /**
     * Looks through the statements of all scripts, applied or not, and tells what is wrong with them, but for what only
     * those may be refused for that are not applied.
     */
    public List<Problem> problems() {
        try {
            return ScriptRepository.problems(job.repository().scripts()).stream()
                    .filter(problem -> !problem.explanation().code().equals(Message.UNDO_LINE_MISWRITTEN.code()))
                    .toList();
        } finally {
            job.repository().release();
        }
    }

    /** The same, by somebody who knows already what is wrong around it. */
    public Migration knowing(List<Finding> findings) {
        return new Migration(job.knowing(findings), longestLook);
    }

    /** The same, as a person wants it, whom the history names, and who does not wait for another run. */
    public Migration by(String actor) {
        return new Migration(job.by(actor), longestLook);
    }

    /**
     * The same for those who only look, at a database that may never answer: their connection is ended soon after so long,
     * whatever {@code timeout} says.
     */
    public Migration noLongerThan(Duration longest) {
        return new Migration(job, Optional.of(longest));
    }

    /** What can be told of a database that did not answer within this time. */
    public MigrationReport unanswered(Duration waited) {
        return new Reporting(job, "status").failed(silent(waited));
    }

    private static MigrationFailure silent(Duration waited) {
        return new MigrationFailure.Unreachable(Message.LOOK_UNANSWERED.with(waited), Optional.empty());
    }

    /** How long the settings wait for the database to answer. */
    public Duration connectTimeout() {
        return job.settings().connectTimeout();
    }

    /** The changelog's name. */
    public TableName changelog() {
        return job.repository().changelog();
    }

    /** What the history calls the deployment that this belongs to. */
    public String deployment() {
        return job.origin().deployment();
    }

    /**
     * Applies what is pending, or in {@link Mode#VALIDATE} refuses what would have to be done, or in {@link Mode#PLAN}
     * tells what would be done.
     *
     * @param limit for the database to answer
     * @return the report, with the failure if there was one; never null
     */
    public MigrationReport run(DataSource dataSource, Mode mode, Duration limit) {
        return told(
                switch (mode) {
                    case MIGRATE ->
                        reported(
                                dataSource,
                                mode.toString(),
                                new Goal.Release(),
                                limit,
                                job.settings().retries(),
                                Run::perform);
                    case VALIDATE -> validate(dataSource, limit);
                    case PLAN -> plan(dataSource, limit);
                    case OFF -> throw new IllegalArgumentException(mode.toString());
                });
    }

    /**
     * Tells what a run would do; changes nothing.
     *
     * @param limit for the database to answer
     */
    public MigrationReport plan(DataSource dataSource, Duration limit) {
        return reported(dataSource, Mode.PLAN.toString(), new Goal.Release(), limit, 0, Run::plan);
    }

    /**
     * Finds out what a run with {@code mode=validate} would say, and tells no listener; changes nothing.
     *
     * @param limit for the database to answer
     */
    public MigrationReport validate(DataSource dataSource, Duration limit) {
        return reported(dataSource, Mode.VALIDATE.toString(), new Goal.Release(), limit, 0, Run::validate);
    }

    /**
     * Undoes the newest revisions, the newest first, whatever {@code allow-undo} says: that is the deployment's.
     *
     * @param goal how far down
     * @param limit for the database to answer
     * @return the report, with the failure if there was one; never null
     */
    public MigrationReport undo(DataSource dataSource, Goal goal, Duration limit) {
        return told(reported(dataSource, "undo", goal, limit, job.settings().retries(), Run::perform));
    }

    /**
     * Settles one revision as the key {@code resolve} would, and does nothing else; {@link Resolution#RESUME} applies, or
     * undoes, the rest of it.
     *
     * @param limit for the database to answer
     */
    public MigrationReport settle(DataSource dataSource, RevisionId id, Resolution how, Duration limit) {
        return told(reported(dataSource, "resolve", new Goal.Release(), limit, 0, run -> run.settle(id, how)));
    }

    private MigrationReport told(MigrationReport report) {
        job.listeners().end(report);
        return report;
    }

    /**
     * Looks at the changelog, and with {@code drift=warn} at the schema; changes nothing.
     *
     * @param limit for the database to answer
     */
    public MigrationReport status(DataSource dataSource, Duration limit) {
        return status(dataSource, limit, Patience.ENOUGH);
    }

    /** The same for one who asks again and again, and may have no patience. */
    public MigrationReport status(DataSource dataSource, Duration limit, Patience patience) {
        return reported(dataSource, "status", new Goal.Release(), limit, 0, run -> run.status(patience));
    }

    /**
     * Reads the newest attempts, the newest first; changes nothing.
     *
     * @param limit for the database to answer
     * @param most of them
     * @return empty if the history cannot be read; none where there is none
     */
    public Optional<List<HistoryTable.Entry>> history(DataSource dataSource, Duration limit, int most) {
        try (RunClock clock = new RunClock();
                Session session = Session.open(
                        new Connector(dataSource, limit), job.settings().schema(), limit(clock))) {
            HistoryTable history = new HistoryTable(job.repository().changelog(), session.product(), job.origin());
            return Optional.of(history.newest(session.connection(), most));
        } catch (RunStopped | SQLException | RuntimeException e) {
            Log.trace(Message.HISTORY_UNREADABLE, e);
            return Optional.empty();
        }
    }

    /** Whether {@link #changes} are recorded. */
    public boolean recordsChanges() {
        return job.settings().precautions().drift() != DriftPolicy.IGNORE;
    }

    /**
     * What the script of an applied revision changed in the schema, one line each; changes nothing.
     *
     * @param limit for the database to answer
     * @return none if nobody recorded it
     */
    public List<String> changes(DataSource dataSource, Duration limit, RevisionId revision) {
        if (!recordsChanges()) {
            return List.of();
        }
        try (RunClock clock = new RunClock();
                Session session = Session.open(
                        new Connector(dataSource, limit), job.settings().schema(), limit(clock))) {
            return new SchemaNotes(job.repository().changelog(), job.origin())
                    .changes(session.connection(), revision)
                    .map(text -> text.lines().toList())
                    .orElse(List.of());
        } catch (RunStopped | SQLException | RuntimeException e) {
            Log.trace(Message.HISTORY_UNREADABLE, e);
            return List.of();
        }
    }

    /**
     * The script of a revision for a person to read.
     *
     * @return empty if this release has none, or if its file cannot be read any more
     */
    public Optional<ScriptText> script(RevisionId revision) {
        Optional<Script> script = job.repository().scripts().stream()
                .filter(candidate -> candidate.id().equals(revision))
                .findFirst();
        try {
            return script.isPresent()
                    ? Optional.of(job.repository().text(script.get(), LONGEST_SCRIPT))
                    : Optional.empty();
        } catch (IOException e) {
            Log.trace(Message.SCRIPT_UNREADABLE, e);
            return Optional.empty();
        } finally {
            job.repository().release();
        }
    }

    /** What is done on a connection. */
    @FunctionalInterface
    private interface Work {
        void on(Run run) throws RunStopped, SQLException, IOException;
    }

    /** Tries until it ends well, or in a way in which it would end again. */
    private MigrationReport reported(
            DataSource dataSource, String mode, Goal goal, Duration connectTimeout, int retries, Work work) {
        Reporting report = new Reporting(job, mode);
        try (RunClock clock = new RunClock()) {
            TimeLimit limit = limit(clock);
            Duration pause = FIRST_PAUSE;
            for (int attempt = 1; ; attempt++) {
                Optional<RunStopped> stopped = attempt(dataSource, goal, connectTimeout, clock, limit, report, work);
                if (stopped.isEmpty()) {
                    return report.done();
                }
                MigrationFailure failure = stopped.get().failure();
                if (attempt > retries || !stopped.get().isWorthATry() || !limit.leaves(pause)) {
                    return report.failed(failure);
                }
                Log.log(
                        Message.TRIED_AGAIN,
                        job.settings().name(),
                        pause,
                        attempt,
                        retries,
                        failure.explanation().what());
                if (!slept(pause)) {
                    return report.failed(failure);
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } finally {
            job.repository().forget();
        }
    }

    private Optional<RunStopped> attempt(
            DataSource dataSource,
            Goal goal,
            Duration connectTimeout,
            RunClock clock,
            TimeLimit limit,
            Reporting report,
            Work work) {
        try (Session session = Session.open(
                new Connector(dataSource, limit.atMost(connectTimeout)),
                job.settings().schema(),
                limit)) {
            work.on(new Run(job, goal, dataSource, session, clock, limit, report));
            return Optional.empty();
        } catch (RunStopped e) {
            return Optional.of(longestLook.isPresent() && limit.isOver() ? new RunStopped(outOfTime(limit)) : e);
        } catch (IOException e) {
            return Optional.of(new RunStopped(new MigrationFailure.InvalidScripts(
                    List.of(new Problem("scripts", Message.SCRIPT_UNREADABLE.with(e))))));
        } catch (ProblemsFound e) {
            return Optional.of(new RunStopped(new MigrationFailure.InvalidScripts(e.problems())));
        } catch (SQLException | RuntimeException e) {
            Log.trace(Message.CONNECTION_FAILED, e);
            // nothing is known of the next attempt but what it reads: it goes on from there, as the next deployment
            // would
            boolean lost = e instanceof SQLException thrown && Errors.isConnectionLost(thrown);
            return Optional.of(new RunStopped(
                    limit.isOver()
                            ? outOfTime(limit)
                            : new MigrationFailure.Unreachable(
                                    Message.CONNECTION_FAILED.with(Errors.masked(String.valueOf(e.getMessage()))),
                                    Errors.of(e)),
                    lost));
        }
    }

    private TimeLimit limit(RunClock clock) {
        Optional<Duration> timeout = job.settings().timeout();
        boolean isShorter = longestLook.isPresent()
                && (timeout.isEmpty() || longestLook.get().compareTo(timeout.get()) < 0);
        return new TimeLimit(isShorter ? longestLook : timeout, clock);
    }

    private MigrationFailure outOfTime(TimeLimit limit) {
        if (longestLook.isPresent()) {
            return silent(limit.elapsed());
        }
        return new MigrationFailure.RunFailed(
                Message.RUN_TIMED_OUT.with(limit.timeout().orElseThrow(), "the work on changelog and history"),
                Optional.empty(),
                List.of());
    }

    private static boolean slept(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
