package io.github.deploymigrations.run;

import io.github.deploymigrations.DatabaseError;
import io.github.deploymigrations.FailedStatement;
import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptPiece;
import io.github.deploymigrations.scripts.ScriptReader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Follows one MyBatis operation: which part of it runs now, which statement of which line, what is applied, and what the
 * first failure was. Not thread-safe; an operation runs in one thread.
 */
final class RunWatch {
    /** What MyBatis is doing. */
    private sealed interface Phase {
        /** Something around the scripts. */
        record Around(String what) implements Phase {}

        /** The script's statements, or the row of its changelog. */
        record InScript(Script script) implements Phase {}
    }

    /** A database may quote a whole script in its first line; the failure has it whole. */
    private static final int LONGEST_REASON = 300;

    private final UnaryOperator<String> mask;
    private final Map<RevisionId, Duration> applied = new LinkedHashMap<>();
    private Phase phase = new Phase.Around("MyBatis Migrations");
    private Optional<ScriptReader> reader = Optional.empty();
    private Optional<FailedStatement> statement = Optional.empty();
    private Optional<MigrationFailure> failure = Optional.empty();
    private boolean aborting;
    private int number;
    private long started;

    /** @param mask takes the values of secret variables out of a text */
    RunWatch(UnaryOperator<String> mask) {
        this.mask = mask;
    }

    /** MyBatis is at something that is no script. */
    void around(String what) {
        phase = new Phase.Around(what);
        reader = Optional.empty();
        statement = Optional.empty();
    }

    /** The script begins. */
    void begin(Script script, ScriptReader text) {
        phase = new Phase.InScript(script);
        reader = Optional.of(text);
        statement = Optional.empty();
        number = 0;
        started = System.nanoTime();
        Log.log(script.statements() == 0 ? Message.SCRIPT_WITHOUT_STATEMENT : Message.SCRIPT_BEGINS, script.path());
    }

    /** The script and its changelog row are in the database. */
    void end(Script script) {
        applied.put(script.id(), Duration.ofNanos(System.nanoTime() - started));
    }

    /** The statement that was read last goes to the database. */
    void executing() {
        if (!aborting && phase instanceof Phase.InScript in && reader.isPresent()) {
            ScriptPiece piece = reader.get().take();
            number++;
            statement = Optional.of(new FailedStatement(in.script().path(), piece.line(), number, piece.text()));
        }
    }

    /** The statement is done. */
    void executed(long nanos) {
        if (Log.statements()) {
            statement.ifPresent(done ->
                    Log.log(Message.STATEMENT_DONE, done.script(), done.line(), nanos / 1_000_000, done.text()));
        }
    }

    /** The script's statements are through; what follows is MyBatis' own. */
    void statementsDone() {
        statement = Optional.empty();
        reader = Optional.empty();
    }

    /** The run is given up, and what runs now is {@code onabort.sql}. */
    void aborting() {
        aborting = true;
    }

    /** A call of JDBC failed: the first that does is the reason, whatever follows from it. */
    void failed(SQLException thrown, String sql) {
        if (aborting) {
            Log.log(Message.ON_ABORT_FAILED, Errors.masked(String.valueOf(thrown.getMessage())));
        } else if (failure.isEmpty()) {
            failure = Optional.of(failure(thrown, sql));
        }
    }

    private MigrationFailure failure(Exception thrown, String sql) {
        Log.trace(Message.RUN_FAILED, thrown);
        Optional<DatabaseError> error = Errors.of(thrown)
                .map(found -> new DatabaseError(message(found, sql), found.sqlState(), found.vendorCode()));
        String reason = error.map(DatabaseError::message).orElseGet(() -> mask.apply(Errors.masked(root(thrown))));
        List<RevisionId> before = List.copyOf(applied.keySet());
        if (phase instanceof Phase.InScript in) {
            return new MigrationFailure.ScriptFailed(explain(in.script(), firstLine(reason)), statement, error, before);
        }
        String what = ((Phase.Around) phase).what();
        return new MigrationFailure.RunFailed(Message.RUN_FAILED.with(what, firstLine(reason)), error, before);
    }

    private Explanation explain(Script script, String reason) {
        if (statement.isEmpty()) {
            return Message.SCRIPT_NOT_RECORDED.with(script.file(), reason);
        }
        int before = statement.get().number() - 1;
        return Message.SCRIPT_FAILED.with(
                script.file(),
                reason,
                before == 0 ? "" : Message.STATEMENTS_BEFORE.with(before).what());
    }

    /** The database quotes the statement as it got it; people see it as the file has it. */
    private String message(DatabaseError error, String sql) {
        String text = error.message();
        if (!sql.isBlank() && statement.isPresent()) {
            text = text.replace(sql, statement.get().text())
                    .replace(sql.strip(), statement.get().text());
        }
        return mask.apply(text);
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
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }

    /** The failure of the operation: the first that was seen, else the exception that it ended with. */
    MigrationFailure failure(Exception thrown) {
        return failure.orElseGet(() -> failure(thrown, ""));
    }

    /** The applied revisions in order, and how long each took. */
    Map<RevisionId, Duration> applied() {
        return Collections.unmodifiableMap(applied);
    }
}
