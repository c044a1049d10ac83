package io.github.deploymigrations.run;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.scripts.PlainStatements;
import io.github.deploymigrations.scripts.ScriptPiece;
import io.github.deploymigrations.scripts.ScriptRepository;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Runs the statements of a small script as the look through it has found them: the file is neither read nor split again,
 * which is most of what a script costs beside its statements. Not thread-safe.
 */
final class ScriptAtHand {
    private final ScriptRepository repository;
    private final Session session;
    private final TimeLimit limit;

    ScriptAtHand(ScriptRepository repository, Session session, TimeLimit limit) {
        this.repository = repository;
        this.session = session;
        this.limit = limit;
    }

    /** The statements; empty where the file has to be read for them, or somebody wants to hear more of each. */
    Optional<PlainStatements> statements(Step.Running step, ScriptMode mode) {
        boolean suits = step instanceof Step.Apply
                && step.from() == 1
                && mode != ScriptMode.AUTO_COMMIT
                && !repository.isSentWhole()
                && !repository.options().isThrowWarning()
                && !Log.statements();
        return suits ? repository.plainStatements(step.script()) : Optional.empty();
    }

    /** Runs them. */
    void run(Step.Running step, PlainStatements statements, RunWatch watch) throws SQLException, IOException {
        try (Statement statement = session.connection().createStatement()) {
            statement.setEscapeProcessing(repository.options().isEscapeProcessing());
            for (int number = 1; number <= statements.size(); number++) {
                run(step, number, statements, statement, watch);
            }
            watch.lastExecuted();
        }
    }

    private void run(Step.Running step, int number, PlainStatements statements, Statement statement, RunWatch watch)
            throws SQLException, IOException {
        String sql = statements.sql(number);
        try {
            watch.executing(number, sql, () -> statements.checksumUpTo(number));
            watch.executed(execute(sql, statement));
        } catch (SQLException | RuntimeException | Error e) {
            watch.failedAt(piece(step, number));
            watch.failed(e, sql);
            throw e;
        }
    }

    /** Returns how many rows it changed, with all that it answers: what fails of several, some drivers tell there only. */
    private int execute(String sql, Statement statement) throws SQLException {
        limit.begins(statement);
        try {
            int rows = 0;
            boolean isQuery = statement.execute(sql);
            int count = statement.getUpdateCount();
            while (isQuery || count >= 0) {
                rows += Math.max(0, count);
                isQuery = statement.getMoreResults();
                count = statement.getUpdateCount();
            }
            return rows;
        } finally {
            limit.ends();
        }
    }

    /** The statement as the file has it; that is read for it, and may be another by now. */
    private ScriptPiece piece(Step.Running step, int number) {
        try {
            return repository.piece(step.part(), number);
        } catch (IOException | RuntimeException e) {
            Log.trace(Message.SCRIPT_UNREADABLE, e);
            return new ScriptPiece(1, "");
        }
    }
}
