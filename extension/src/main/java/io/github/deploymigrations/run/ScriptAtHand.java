package io.github.deploymigrations.run;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.scripts.ScriptRepository;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Runs the statements of a small script as the look through it has found them, when one transaction holds it: the file is
 * neither read nor split again, which is most of what a script costs beside its statements. Not thread-safe.
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
    Optional<List<String>> statements(Step.Running step, ScriptMode mode) {
        boolean suits = step instanceof Step.Apply
                && step.from() == 1
                && mode == ScriptMode.ATOMIC
                && !repository.options().isThrowWarning()
                && !Log.statements();
        return suits ? repository.plainStatements(step.script()) : Optional.empty();
    }

    /** Runs them. */
    void run(Step.Running step, List<String> statements, RunWatch watch) throws SQLException, IOException {
        try (Statement statement = session.connection().createStatement()) {
            statement.setEscapeProcessing(repository.options().isEscapeProcessing());
            for (int index = 0; index < statements.size(); index++) {
                run(step, index + 1, statements.get(index), statement, watch);
            }
        }
    }

    private void run(Step.Running step, int number, String sql, Statement statement, RunWatch watch)
            throws SQLException, IOException {
        try {
            watch.executing(number);
            watch.executed(execute(sql, statement));
        } catch (SQLException e) {
            watch.failed(e, sql, repository.piece(step.part(), number));
            throw e;
        }
    }

    /** Returns how many rows it changed. */
    private int execute(String sql, Statement statement) throws SQLException {
        limit.begins(statement);
        try {
            statement.execute(sql);
            return Math.max(0, statement.getUpdateCount());
        } finally {
            limit.ends();
        }
    }
}
