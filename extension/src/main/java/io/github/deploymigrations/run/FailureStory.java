package io.github.deploymigrations.run;

import io.github.deploymigrations.DatabaseError;
import io.github.deploymigrations.FailedStatement;
import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.database.Obstacle;
import io.github.deploymigrations.messages.Excerpt;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.scripts.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * What is known of a failure at the moment at which it happens. What it left behind is known later.
 *
 * @param step in which it happened, if it was in one
 * @param around what ran instead
 * @param statement that failed, if one did
 * @param before the number of the statement that was to come, if it failed between two
 * @param error of the database
 * @param reason in one line
 * @param timeout that was reached, if it was
 * @param isTransient whether the same may end well another time
 */
record FailureStory(
        Optional<Step.Running> step,
        String around,
        Optional<FailedStatement> statement,
        OptionalInt before,
        Optional<DatabaseError> error,
        String reason,
        Optional<Duration> timeout,
        boolean isTransient) {
    /** A database may quote a whole script in its first line; the failure has it whole. */
    private static final int LONGEST_REASON = 300;

    /** Of statements and of what the database says: a dump has statements of megabytes, and H2 quotes them. */
    private static final int LONGEST_TEXT = 8000;

    /** @param sql as the database got it, which it may quote: people see it as the file has it */
    static FailureStory of(
            Throwable thrown,
            String sql,
            Optional<Step.Running> step,
            String around,
            Optional<FailedStatement> statement,
            OptionalInt before,
            UnaryOperator<String> mask,
            Optional<Duration> timeout) {
        Optional<DatabaseError> error = Errors.of(thrown)
                .filter(found -> !(thrown instanceof OutOfTime))
                .map(found -> new DatabaseError(
                        Excerpt.of(mask.apply(withoutVariables(found.message(), sql, statement)), LONGEST_TEXT),
                        found.sqlState(),
                        found.vendorCode()));
        Optional<FailedStatement> shown = statement.map(failed -> new FailedStatement(
                failed.script(),
                ErrorLine.of(thrown, sql, failed).orElse(failed.line()),
                failed.number(),
                Excerpt.of(failed.text(), LONGEST_TEXT)));
        String reason = error.map(DatabaseError::message).orElseGet(() -> mask.apply(Errors.masked(root(thrown))));
        boolean isTransient = timeout.isEmpty()
                && Errors.sql(thrown).filter(Errors::isTransient).isPresent();
        return new FailureStory(step, around, shown, before, error, firstLine(reason), timeout, isTransient);
    }

    /** Whether it failed when the script was to be recorded, so that a lost connection may have committed it or not. */
    boolean atCommit() {
        return statement.isEmpty() && before.isEmpty();
    }

    private static String withoutVariables(String text, String sql, Optional<FailedStatement> statement) {
        return sql.isBlank() || statement.isEmpty()
                ? text
                : text.replace(sql, statement.get().text())
                        .replace(sql.strip(), statement.get().text());
    }

    private static String root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return Excerpt.of(line, LONGEST_REASON);
    }

    /**
     * The failure for the report.
     *
     * @param applied before it
     * @param undone before it
     * @param left of the script in the database
     */
    MigrationFailure failure(List<RevisionId> applied, List<RevisionId> undone, Left left) {
        if (step.isEmpty()) {
            Explanation explanation = timeout.map(limit -> Message.RUN_TIMED_OUT.with(limit, around))
                    .orElseGet(() -> Message.RUN_FAILED.with(around, reason));
            return applied.isEmpty() && !undone.isEmpty()
                    ? new MigrationFailure.UndoFailed(explanation, Optional.empty(), error, undone)
                    : new MigrationFailure.RunFailed(explanation, error, applied);
        }
        return step.get() instanceof Step.Undo
                ? new MigrationFailure.UndoFailed(explanation(step.get(), left.ofUndo()), statement, error, undone)
                : new MigrationFailure.ScriptFailed(explanation(step.get(), left.text()), statement, error, applied);
    }

    private Explanation explanation(Step.Running running, String left) {
        Script failed = running.script();
        if (timeout.isPresent()) {
            int number = statement.map(FailedStatement::number).orElseGet(() -> before.orElseGet(failed::statements));
            return Message.SCRIPT_TIMED_OUT.with(
                    timeout.get(), failed.file(), number, failed.statements(), reason, left);
        }
        Optional<Message> obstacle = error.flatMap(Obstacle::of).map(Obstacle::ofScript);
        if (obstacle.isEmpty() && before.isPresent()) {
            Message ended = running instanceof Step.Undo ? Message.UNDO_ENDED : Message.SCRIPT_ENDED;
            return ended.with(failed.file(), before.getAsInt(), reason, left);
        }
        return obstacle.orElse(statement.isPresent() ? failed(running) : Message.SCRIPT_NOT_RECORDED)
                .with(failed.file(), reason, left);
    }

    private static Message failed(Step.Running running) {
        return running instanceof Step.Undo ? Message.UNDO_FAILED : Message.SCRIPT_FAILED;
    }
}
