package io.github.deploymigrations.run;

import io.github.deploymigrations.changelog.Attempt;
import io.github.deploymigrations.changelog.Doubt;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.changelog.TablesFound;
import io.github.deploymigrations.database.StatementKind;
import io.github.deploymigrations.lock.LockLost;
import io.github.deploymigrations.lock.MigrationLock;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.scripts.Part;
import io.github.deploymigrations.scripts.PlainStatements;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.ibatis.migration.Change;

/**
 * Writes the history of the scripts of one run, on the connection that does the work: what it writes is committed with
 * the work that it tells of, or rides on the commit that a definition does by itself. Not thread-safe.
 */
final class Journal {
    private final HistoryTable history;
    private final Session session;
    private final ScriptRepository repository;
    private final TableLocks locks;
    private final TableEngines engines;
    private final Doubts doubts;
    private long next;

    private ScriptMode mode = ScriptMode.ATOMIC;
    private Optional<Step.Running> step = Optional.empty();
    private Instant startedAt = Instant.EPOCH;
    private boolean sessionState;
    private boolean lastWasSeveral;
    /** Whether the statement that began last is not through for sure: what is wrong in several, the driver may tell late. */
    private boolean atStatement;

    private String doneChecksum = "";
    private StatementKind met = StatementKind.OTHER;
    private StatementKind running = StatementKind.OTHER;
    private int runningNumber;
    private Sure sure = new Sure(0, "");
    private Sure written = new Sure(0, "");
    private boolean uncertain;
    private boolean announced;
    /** Where changelog and history were when they were last written together. */
    private Optional<TablesFound> tables = Optional.empty();

    /** Whether the history is to hear of the script together with its first statement. */
    private boolean unwritten;

    /** So many statements, of this text, are committed. */
    private record Sure(int done, String checksum) {}

    Journal(HistoryTable history, Session session, ScriptRepository repository, long next, TableEngines engines) {
        this.history = history;
        this.session = session;
        this.repository = repository;
        this.locks = new TableLocks(session);
        this.doubts = new Doubts(session);
        this.next = next;
        this.engines = engines;
    }

    /**
     * The script begins; a journaled one is in the history from now on, or from its first statement.
     *
     * @param isAtHand whether its statements are, from the first to the last
     */
    void begin(Step.Running begun, ScriptMode how, boolean isAtHand) throws SQLException, IOException {
        int from = begun.from();
        step = Optional.of(begun);
        mode = how;
        startedAt = Instant.now();
        sessionState = begun.script().sessionBound();
        uncertain = false;
        atStatement = false;
        // a person may say that more ran than there is now
        doneChecksum =
                from > 1 ? repository.checksumUpTo(begun.part(), from - 1).orElse("") : "";
        sure = new Sure(from - 1, doneChecksum);
        doubts.forget();
        unwritten = mode.isJournaled() && isAtHand;
        if (mode.isJournaled() && !isAtHand) {
            addWithWhatIsDone(Attempt.Outcome.STARTED, Optional.empty());
        }
        written = sure;
    }

    /**
     * The transaction of a script that is one has begun: others may see that it is at work, by a row that is never
     * committed as it is now. What is journaled, they see anyway.
     */
    void announce() throws SQLException, IOException {
        announced = mode == ScriptMode.ATOMIC && session.product().showsUncommittedRows();
        if (announced) {
            add(Attempt.Outcome.STARTED, rowToGo(), Optional.empty());
        }
    }

    /** So many statements ran, which is for others to see and to be forgotten. */
    void tell(int statements) throws SQLException {
        if (announced) {
            history.progress(session.statements(), next, statements, doneChecksum, new Doubt.None());
        }
    }

    /** A statement comes next. */
    void meets(String sql) {
        if (mode.isJournaled()) {
            met = StatementKind.of(sql);
        }
    }

    /** Whether something is committed with the statement that comes next or in front of it, as far as it is known. */
    boolean commits(String sql) {
        if (mode.isJournaled()) {
            return unwritten || !isTakenBack(met);
        }
        Script script = step.orElseThrow().script();
        if (script.onlyRows() || script.isPlain()) {
            return false;
        }
        StatementKind kind = StatementKind.of(sql);
        return kind == StatementKind.SESSION || kind == StatementKind.OTHER;
    }

    /** Whether the statement and what comes before it are taken back where the script does not come to its end. */
    private boolean isTakenBack(StatementKind kind) {
        return kind == StatementKind.ROWS
                && mode == ScriptMode.JOURNALED
                && engines.areTransactional()
                && !sessionState;
    }

    /**
     * A statement is about to run.
     *
     * @param number of the statement, from 1
     * @param checksum tells that of the script up to the statement's end
     */
    void before(int number, String sql, Supplier<String> checksum) throws SQLException, IOException {
        if (mode.isJournaled()) {
            lastWasSeveral = StatementKind.isSeveral(sql);
            String upToHere = checksum.get();
            StatementKind kind = met;
            atStatement = true;
            running = kind;
            runningNumber = number;
            engines.before(sql, kind);
            locks.before(sql);
            boolean takenBack = isTakenBack(kind);
            if (locks.held() || (takenBack && !unwritten)) {
                doubts.forget();
            } else {
                note(number - 1, takenBack ? new Doubt.None() : doubt(sql, kind, upToHere));
            }
            doneChecksum = upToHere;
        }
    }

    /** Writes down how many statements are done, and what is in doubt about the next. */
    private void note(int done, Doubt doubt) throws SQLException, IOException {
        if (unwritten) {
            history.add(session.statements(), row(Attempt.Outcome.STARTED, Optional.empty(), Optional.empty(), doubt));
            unwritten = false;
        } else {
            progress(done, doneChecksum, doubt);
        }
        written = new Sure(done, doneChecksum);
        if (!commitsItself()) {
            session.commit();
            sure = written;
            uncertain = false;
        }
    }

    /** The statement that was about to run did, without an error. */
    void after() {
        locks.after();
        if (mode == ScriptMode.AUTO_COMMIT || (mode == ScriptMode.JOURNALED && commitsItself())) {
            sure = new Sure(runningNumber, doneChecksum);
            uncertain = false;
        } else if (running != StatementKind.DEFINITION) {
            // nobody can tell whether it committed, or can be taken back
            uncertain |= running != StatementKind.ROWS || !engines.areTransactional();
        }
    }

    /**
     * Whether the statement that runs is one in front of which the database commits, and behind it: a definition, but not
     * where it waits for a commit like a row, as in a script that ends its transactions by itself on PostgreSQL.
     */
    private boolean commitsItself() {
        return running == StatementKind.DEFINITION && !session.product().definesInTransactions();
    }

    /** Only a script that has set something in its session can be elsewhere than where the history is. */
    private void progress(int done, String checksum, Doubt doubt) throws SQLException {
        Session.Work write = () -> history.progress(session.statements(), next, done, checksum, doubt);
        if (sessionState) {
            session.atWorkplace(write);
        } else {
            write.run();
        }
    }

    /** The last statement is through: what fails now is something else. */
    void throughStatements() {
        atStatement = false;
    }

    private Doubt doubt(String sql, StatementKind kind, String upToHere) throws SQLException {
        return sessionState ? new Doubt.OfSession() : doubts.of(sql, kind, upToHere);
    }

    /** Whether changes of rows can be taken back in every table, as far as is known by now. */
    boolean hasTransactionalTables() {
        return engines.areTransactional();
    }

    /** All statements ran, and something that commits comes next before the changelog's row. */
    void statementsDone() throws SQLException {
        if (mode.isJournaled()) {
            int all = step.orElseThrow().script().statements();
            progress(all, doneChecksum, new Doubt.None());
            if (engines.areTransactional()) {
                // else what is rolled back may leave the note behind
                written = new Sure(all, doneChecksum);
            }
        }
    }

    /**
     * The changelog's row is written, or gone; the history's goes with it.
     *
     * @param changelogAt of the row that was written
     */
    void end(Optional<String> changelogAt) throws SQLException, IOException {
        engines.afterScript();
        if ((mode.isJournaled() && !unwritten) || announced) {
            history.end(session.statements(), next, Attempt.Outcome.DONE, changelogAt, Optional.empty());
        } else {
            add(Attempt.Outcome.DONE, changelogAt, Optional.empty());
        }
        next++;
        step = Optional.empty();
    }

    /** Whether the changelog's row and the history's can be written in one statement. */
    boolean writesRowsAtOnce() {
        return session.product().writesSeveralTablesAtOnce();
    }

    /**
     * Writes the changelog's row and the history's, of a script that one transaction holds.
     *
     * @param proof that the lock is still held, if it can be asked along
     * @throws LockLost if it is not
     */
    void end(Change change, Optional<MigrationLock.Proof> proof) throws SQLException, IOException {
        HistoryTable.Row attempt = row(
                Attempt.Outcome.DONE, Optional.of(change.getAppliedTimestamp()), Optional.empty(), new Doubt.None());
        String condition = proof.map(MigrationLock.Proof::sql).orElse("true");
        List<Object> arguments = proof.map(MigrationLock.Proof::arguments).orElse(List.of());
        Connection connection = session.connection();
        Optional<Boolean> answer = Optional.empty();
        if (tables.isPresent() && !mentionsTables()) {
            answer = history.addApplied(connection, tables.get(), change, attempt, condition, arguments);
        }
        boolean held;
        if (answer.isPresent()) {
            held = answer.get();
        } else {
            session.goBack();
            held = history.addApplied(connection, change, attempt, condition, arguments);
            Optional<String> path = session.workplace();
            tables = path.isPresent() ? history.find(connection, path.get()) : Optional.empty();
        }
        if (!held) {
            throw proof.orElseThrow().lost().get();
        }
        next++;
        step = Optional.empty();
    }

    /** Whether the script may do something to the tables themselves: then their names count, as of now. */
    private boolean mentionsTables() {
        Optional<PlainStatements> statements =
                repository.plainStatements(step.orElseThrow().script());
        return statements.isEmpty()
                || statements.get().mention(repository.changelog().bare());
    }

    /** Whether one transaction holds the script, which the database takes back even if nobody tells it to. */
    boolean isAtomic() {
        return mode == ScriptMode.ATOMIC;
    }

    /** Whether nothing of the script is committed for sure, not even that it has begun. */
    boolean hasNothingCommitted() {
        return isAtomic() || unwritten;
    }

    /** Whether each row is committed as it is written. */
    boolean isCommittedAtOnce() {
        return mode == ScriptMode.AUTO_COMMIT;
    }

    /** The script failed, and what was not committed is rolled back; returns what is left of it. */
    Left failed(String error) throws SQLException, IOException {
        if (step.isEmpty()) {
            return new Left.Nothing();
        }
        int committed = 0;
        if (mode.isJournaled() && !unwritten) {
            locks.release();
        }
        OptionalInt told = mode.isJournaled() ? history.done(session.connection(), next) : OptionalInt.empty();
        if (told.isPresent()) {
            committed = recordWhatIsLeft(told.getAsInt());
            history.end(session.statements(), next, Attempt.Outcome.FAILED, rowToGo(), Optional.of(error));
        } else {
            // what an earlier attempt has committed is there, whatever this one was
            committed = sure.done();
            addWithWhatIsDone(Attempt.Outcome.FAILED, Optional.of(error));
        }
        next++;
        int all = step.orElseThrow().script().countedStatements().orElse(committed + 1);
        step = Optional.empty();
        if (told.isPresent() && leftItsSession()) {
            return new Left.OfSession(committed);
        }
        if (leftSomething()) {
            return new Left.Something(committed + 1);
        }
        return committed == 0 ? new Left.Nothing() : new Left.Statements(committed, all);
    }

    /** Whether the rest of the script may need what is gone with the session. */
    private boolean leftItsSession() {
        boolean begun = sure.done() > 0 || (atStatement && running == StatementKind.SESSION) || leftSomething();
        return sessionState && begun;
    }

    /**
     * A definition commits before it runs, or not if it is not even understood: what was written in front of it tells, as
     * it is there only if that was committed.
     */
    private int recordWhatIsLeft(int told) throws SQLException {
        if (told == written.done() && written.done() > sure.done()) {
            sure = written;
            uncertain = false;
        }
        Doubt doubt =
                leftItsSession() ? new Doubt.OfSession() : leftSomething() ? new Doubt.OfSeveral() : new Doubt.None();
        history.progress(session.statements(), next, sure.done(), sure.checksum(), doubt);
        return sure.done();
    }

    /** Whether the failed statement itself may have left something behind. */
    private boolean leftSomething() {
        boolean divisible = lastWasSeveral || (running == StatementKind.ROWS && !engines.areTransactional());
        return mode.isJournaled() && (uncertain || (atStatement && divisible));
    }

    /** The text in the row that an undo is to delete: by it the attempt belongs to that row and to no later one. */
    private Optional<String> rowToGo() {
        return step.orElseThrow() instanceof Step.Undo undo
                ? Optional.of(undo.row().appliedAt())
                : Optional.empty();
    }

    /** Both in one transaction: a row that says that nothing is done would have all of it run again. */
    private void addWithWhatIsDone(Attempt.Outcome outcome, Optional<String> error) throws SQLException, IOException {
        boolean autoCommit = session.connection().getAutoCommit();
        if (sure.done() > 0) {
            session.connection().setAutoCommit(false);
        }
        add(outcome, rowToGo(), error);
        if (sure.done() > 0) {
            history.progress(session.statements(), next, sure.done(), sure.checksum(), new Doubt.None());
        }
        session.commit();
        session.connection().setAutoCommit(autoCommit);
    }

    private void add(Attempt.Outcome outcome, Optional<String> changelogAt, Optional<String> error)
            throws SQLException, IOException {
        history.add(session.statements(), row(outcome, changelogAt, error, new Doubt.None()));
    }

    /** The history's row of the script that is at work. */
    private HistoryTable.Row row(
            Attempt.Outcome outcome, Optional<String> changelogAt, Optional<String> error, Doubt doubt)
            throws IOException {
        Step.Running begun = step.orElseThrow();
        return new HistoryTable.Row(
                next,
                begun instanceof Step.Undo ? Attempt.Kind.UNDO : Attempt.Kind.APPLY,
                outcome,
                subject(begun.part()),
                startedAt,
                changelogAt,
                error,
                doubt);
    }

    /** Records something about a revision without running anything. */
    void record(Attempt.Kind kind, HistoryTable.Subject subject, Optional<String> changelogAt) throws SQLException {
        history.add(
                session.statements(),
                new HistoryTable.Row(
                        next++,
                        kind,
                        Attempt.Outcome.DONE,
                        subject,
                        Instant.now(),
                        changelogAt,
                        Optional.empty(),
                        new Doubt.None()));
    }

    /** A script that does not run: what is wrong with its statements does not matter. */
    HistoryTable.Subject subject(Script of) throws IOException {
        return subject(new Part.Up(of));
    }

    private HistoryTable.Subject subject(Part part) throws IOException {
        Script of = part.script();
        return new HistoryTable.Subject(
                of.id(),
                of.description(),
                of.path(),
                unlessBlank(of.checksum()),
                // nobody can tell, which is not nothing: what did nothing is undone by nothing
                of.countedStatements().orElse(1),
                unlessBlank(repository.undoText(part)));
    }

    private static Optional<String> unlessBlank(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }
}
