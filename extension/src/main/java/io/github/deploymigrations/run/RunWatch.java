package io.github.deploymigrations.run;

import io.github.deploymigrations.FailedStatement;
import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptPiece;
import io.github.deploymigrations.scripts.ScriptReader;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.ibatis.migration.Change;

/**
 * Follows one MyBatis operation: which part of it runs now, which statement of which line, what is applied, and what the
 * first failure was. Not thread-safe; an operation runs in one thread.
 */
final class RunWatch {
    private final UnaryOperator<String> mask;
    private final Journal journal;
    private final ScriptCommit commit;
    private final LockGuard lock;
    private final TimeLimit limit;
    private final Whereabouts whereabouts;
    private final Listeners listeners;
    private final ScriptChanges changes;
    private final Map<RevisionId, Duration> applied;
    private final Map<RevisionId, Duration> undone = new LinkedHashMap<>();
    private String around = "MyBatis Migrations";
    private Optional<Step.Running> step = Optional.empty();
    private Optional<ScriptReader> reader = Optional.empty();
    private Optional<ScriptReader> split = Optional.empty();
    private Optional<FailedStatement> statement = Optional.empty();
    private Optional<FailureStory> story = Optional.empty();
    private boolean scriptBegun;
    private boolean atHand;
    private boolean through;
    private boolean aborting;
    private boolean finished;
    private int number;
    private long started;

    /**
     * Watches.
     *
     * @param mask takes the values of secret variables out of a text
     * @param appliedBefore by earlier attempts of this run
     */
    RunWatch(
            UnaryOperator<String> mask,
            Journal journal,
            ScriptCommit commit,
            LockGuard lock,
            TimeLimit limit,
            Whereabouts whereabouts,
            Listeners listeners,
            ScriptChanges changes,
            Map<RevisionId, Duration> appliedBefore) {
        this.mask = mask;
        this.journal = journal;
        this.commit = commit;
        this.lock = lock;
        this.limit = limit;
        this.whereabouts = whereabouts;
        this.listeners = listeners;
        this.changes = changes;
        this.applied = new LinkedHashMap<>(appliedBefore);
    }

    Journal journal() {
        return journal;
    }

    /** MyBatis is at something that is no script. */
    void around(String what) {
        around = what;
        step = Optional.empty();
        statementsDone();
    }

    /** A hook of the user is about to run. */
    void meetsHook() {
        lock.beforeHook();
    }

    /** Whether something of the script that failed may have reached the database. */
    boolean hasScriptBegun() {
        return scriptBegun;
    }

    boolean isInScript() {
        return step.isPresent();
    }

    /**
     * The script begins.
     *
     * @param isAtHand whether its statements are
     */
    void begin(Step.Running begun, ScriptMode mode, boolean isAtHand) throws SQLException, IOException {
        Script script = begun.script();
        step = Optional.of(begun);
        reader = Optional.empty();
        statement = Optional.empty();
        number = 0;
        scriptBegun = false;
        through = false;
        atHand = isAtHand;
        started = System.nanoTime();
        lock.beforeScript(endsAtOnce(), mode.isJournaled() && !atHand);
        if (begun instanceof Step.Undo) {
            told(() -> listeners.beforeUndo(script.id()));
        } else {
            told(() -> listeners.beforeRevision(script.id()));
        }
        whereabouts.at(script);
        Log.log(begins(begun), begun.part().place());
        scriptBegun = true;
        journal.begin(begun, mode, atHand);
        commit.begin(mode);
        journal.announce();
    }

    /** Its statements come one by one, out of this text. */
    void reads(ScriptReader text) {
        reader = Optional.of(text);
    }

    /**
     * A statement that is at hand is to go to the database.
     *
     * @param upToHere tells the checksum of the script up to its end
     */
    void executing(int next, String sql, Supplier<String> upToHere) throws SQLException, IOException {
        number = next;
        limit.check();
        try {
            beforeStatement(sql, upToHere);
        } catch (SQLException e) {
            failed(e, "");
            throw e;
        }
    }

    private void beforeStatement(String sql, Supplier<String> upToHere) throws SQLException, IOException {
        journal.meets(sql);
        lock.beforeCommit(lock.asksBeforeCommits() && journal.commits(sql));
        if (whereabouts.at(number)) {
            journal.tell(number - 1);
        }
        journal.before(number, sql, upToHere);
    }

    /** It did; if it was cancelled and took no notice, what comes next is not begun. */
    void executed(int rows) throws OutOfTime {
        whereabouts.changed(rows);
        journal.after();
        limit.check();
    }

    /** It failed, and is this of the file. */
    void failedAt(ScriptPiece piece) {
        statement = Optional.of(statement(piece));
    }

    private FailedStatement statement(ScriptPiece piece) {
        return new FailedStatement(step.orElseThrow().part().place(), piece.line(), number, piece.text());
    }

    /** Whether changelog and history get their rows in one statement, after MyBatis thinks that it has written its own. */
    boolean endsAtOnce() {
        return atHand && journal.writesRowsAtOnce();
    }

    private static Message begins(Step.Running begun) {
        if (begun instanceof Step.Undo) {
            return Message.UNDO_BEGINS;
        }
        return begun.script().statements() == 0 ? Message.SCRIPT_WITHOUT_STATEMENT : Message.SCRIPT_BEGINS;
    }

    /** MyBatis is to send the script whole, and this sends its statements instead. */
    void split(ScriptReader text) {
        split = Optional.of(text);
    }

    /** The script to send instead of the one statement that MyBatis sends now, if there is one. */
    Optional<ScriptReader> takeSplit() {
        Optional<ScriptReader> taken = split;
        split = Optional.empty();
        return taken;
    }

    /** The script and its rows are complete. */
    void end(Change change) throws SQLException, IOException {
        Step.Running done = step.orElseThrow();
        boolean undo = done instanceof Step.Undo;
        Optional<String> row = Optional.ofNullable(change.getAppliedTimestamp()).filter(text -> !undo);
        if (endsAtOnce()) {
            lock.asking(proof -> journal.end(change, proof));
        } else {
            journal.end(row);
        }
        lock.beforeCommit(true);
        commit.end();
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        changes.ended(done, row);
        if (undo) {
            undone.put(done.id(), took);
            told(() -> listeners.afterUndo(done.id(), took));
        } else {
            applied.put(done.id(), took);
            told(() -> listeners.afterRevision(done.id(), took));
        }
    }

    /** What a listener fails of is no failure of the script. */
    private void told(Runnable call) {
        try {
            call.run();
        } catch (Listeners.Failed e) {
            around("The listener " + e.listener());
            throw e;
        }
    }

    /** The operation begins. */
    void start(List<RevisionId> revisions) {
        told(() -> listeners.beforeRun(revisions));
    }

    /**
     * The statement that was read last is to go to the database.
     *
     * @return whether it goes there; not, if it did in an earlier attempt
     */
    boolean executing(String sql) throws SQLException, IOException {
        if (aborting) {
            return true;
        }
        if (step.isEmpty() || reader.isEmpty()) {
            endInTime();
            return true;
        }
        number++;
        statement = Optional.of(statement(reader.get().take()));
        if (number < step.get().from()) {
            return false;
        }
        endInTime();
        try {
            beforeStatement(sql, reader.get()::checksum);
        } catch (SQLException e) {
            statement = Optional.empty();
            failed(e, "");
            throw e;
        }
        return true;
    }

    /** The database counted so many changed rows. */
    void changed(int rows) {
        if (!aborting && reader.isPresent()) {
            whereabouts.changed(rows);
        }
    }

    /** The statement is done; if it was cancelled and took no notice, what comes next is not begun. */
    void executed(long nanos) throws OutOfTime {
        if (!aborting && step.isPresent()) {
            journal.after();
            endInTime();
        }
        if (Log.statements()) {
            statement.ifPresent(done ->
                    Log.log(Message.STATEMENT_DONE, done.script(), done.line(), nanos / 1_000_000, done.text()));
        }
    }

    private void endInTime() throws OutOfTime {
        try {
            limit.check();
        } catch (OutOfTime e) {
            failed(e, "");
            throw e;
        }
    }

    /** The last of the statements that are at hand is done; what follows may fail before MyBatis comes to its own. */
    void lastExecuted() {
        through = true;
    }

    /** The script's statements are through; what follows is MyBatis' own. */
    void statementsDone() {
        journal.throughStatements();
        through = true;
        statement = Optional.empty();
        reader = Optional.empty();
    }

    /** The run is given up, and what runs now is {@code onabort.sql}. */
    void aborting() throws SQLException {
        aborting = true;
        split = Optional.empty();
        commit.abandon();
    }

    /** The operation ended like this; what is not committed is taken back, which {@code DownOperation} leaves to us (3.5.0). */
    void ended(RuntimeException thrown) throws SQLException {
        if (story.isEmpty()) {
            story = Optional.of(story(thrown, ""));
        }
        commit.abandon();
    }

    /** A call of JDBC failed: the first that does is the reason, whatever follows from it. */
    void failed(Throwable thrown, String sql) {
        if (aborting) {
            Log.log(Message.ON_ABORT_FAILED, mask.apply(Errors.masked(String.valueOf(thrown.getMessage()))));
        } else if (story.isEmpty()) {
            story = Optional.of(story(thrown, sql));
        }
    }

    private FailureStory story(Throwable thrown, String sql) {
        Log.trace(Message.RUN_FAILED, thrown);
        return FailureStory.of(
                thrown,
                sql,
                step,
                around,
                statement,
                before(),
                mask,
                limit.isOver() ? limit.timeout() : Optional.empty());
    }

    /** The statement that comes next, where the script is between two or before its first. */
    private OptionalInt before() {
        return step.isEmpty() || statement.isPresent() || through || isWithoutStatement(step.get())
                ? OptionalInt.empty()
                : OptionalInt.of(Math.max(step.get().from(), number));
    }

    private static boolean isWithoutStatement(Step.Running running) {
        return running instanceof Step.Apply && running.script().statements() == 0;
    }

    /** What the operation failed of: the first failure that was seen, else the exception that it ended with. */
    FailureStory story(Exception thrown) {
        return story.orElseGet(() -> story(thrown, ""));
    }

    /** The changelog's row is about to be written. */
    void beforeRow() throws SQLException {
        statementsDone();
        lock.beforeCommit(journal.isCommittedAtOnce());
    }

    /** The changelog may have to be made behind the statements, which commits them where definitions do. */
    void beforeChangelog() throws SQLException {
        lock.beforeCommit(true);
        journal.statementsDone();
    }

    /** The operation is complete. */
    void finish() throws SQLException {
        around = "The commit of all scripts";
        step = Optional.empty();
        if (commit.isOfDeployment()) {
            lock.beforeCommit(true);
        }
        commit.finish();
        finished = true;
    }

    /** The applied revisions in order, and how long each took. */
    Map<RevisionId, Duration> applied() {
        return commit.isOfDeployment() && !finished ? Map.of() : Collections.unmodifiableMap(applied);
    }

    /** The undone revisions, the newest first, and how long each took. */
    Map<RevisionId, Duration> undone() {
        return commit.isOfDeployment() && !finished ? Map.of() : Collections.unmodifiableMap(undone);
    }

    /** Whether as many were undone as should be, whatever of it is committed. */
    boolean isUndone(int revisions) {
        return undone.size() == revisions;
    }

    /** The failure for the report. */
    MigrationFailure failure(FailureStory told, Left left) {
        return lock.lost()
                .orElseGet(() -> told.failure(List.copyOf(applied().keySet()), List.copyOf(undone().keySet()), left));
    }

    /** Whether the same can be tried again as if nothing had happened. */
    boolean isWorthATry(FailureStory told, Left left) {
        return told.isTransient() && told.step().isPresent() && left.isNothing();
    }
}
