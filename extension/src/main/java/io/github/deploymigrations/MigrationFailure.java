package io.github.deploymigrations;

import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a run failed, one type for each phase that can fail. All implementations are immutable.
 *
 * <p>The codes are listed in {@code docs/messages.md}. No text of a failure contains a password, a JDBC URL's
 * credentials or the value of a variable that is named like a secret.
 */
public sealed interface MigrationFailure {

    /** What happened and what to do. */
    Explanation explanation();

    /** All findings, where the failure is a list of them; else empty. */
    default List<Problem> problems() {
        return List.of();
    }

    /** The statement that failed, if one did. */
    default Optional<FailedStatement> statement() {
        return Optional.empty();
    }

    /** What the database said, if it was the database that refused. */
    default Optional<DatabaseError> database() {
        return Optional.empty();
    }

    /** The revisions of this run that were applied before the failure, and stay applied. */
    default List<RevisionId> applied() {
        return List.of();
    }

    /** The revisions of this run that were undone before the failure, and stay undone. */
    default List<RevisionId> undone() {
        return List.of();
    }

    /** Settings that contradict, are unknown or malformed. */
    record InvalidSettings(List<Problem> problems) implements MigrationFailure {
        public InvalidSettings {
            problems = List.copyOf(problems);
        }

        @Override
        public Explanation explanation() {
            return Message.SETTINGS_INVALID.with(problems.size());
        }
    }

    /** Scripts or environment files that cannot be used as they are. */
    record InvalidScripts(List<Problem> problems) implements MigrationFailure {
        public InvalidScripts {
            problems = List.copyOf(problems);
        }

        @Override
        public Explanation explanation() {
            return Message.SCRIPTS_INVALID.with(problems.size());
        }
    }

    /** The DataSource is not there, or the database does not let us in. */
    record Unreachable(Explanation explanation, Optional<DatabaseError> database) implements MigrationFailure {}

    /** The changelog is there and cannot be understood, or nobody can tell whether it is there. */
    record UnreadableChangeLog(Explanation explanation, Optional<DatabaseError> database) implements MigrationFailure {}

    /** Another run has the lock for too long, or it cannot be taken, or it was lost. */
    record NotLocked(Explanation explanation, Optional<DatabaseError> database) implements MigrationFailure {}

    /** Scripts and changelog do not fit together, and no setting allows it. */
    record Refused(List<Problem> problems) implements MigrationFailure {
        public Refused {
            problems = List.copyOf(problems);
        }

        @Override
        public Explanation explanation() {
            return problems.size() == 1 ? problems.get(0).explanation() : Message.REFUSED.with(problems.size());
        }
    }

    /** There is something to do, and it would not end well: nothing was locked or written for it. */
    record NotBegun(List<Problem> problems) implements MigrationFailure {
        public NotBegun {
            problems = List.copyOf(problems);
        }

        @Override
        public Explanation explanation() {
            return problems.size() == 1 ? problems.get(0).explanation() : Message.NOT_BEGUN.with(problems.size());
        }
    }

    /** A statement of a script failed. */
    record ScriptFailed(
            Explanation explanation,
            Optional<FailedStatement> statement,
            Optional<DatabaseError> database,
            List<RevisionId> applied)
            implements MigrationFailure {
        public ScriptFailed {
            applied = List.copyOf(applied);
        }
    }

    /**
     * A statement of an undo part failed, or something around it.
     *
     * @param undone the revisions that were undone before it, and stay undone
     */
    record UndoFailed(
            Explanation explanation,
            Optional<FailedStatement> statement,
            Optional<DatabaseError> database,
            List<RevisionId> undone)
            implements MigrationFailure {
        public UndoFailed {
            undone = List.copyOf(undone);
        }
    }

    /** A hook failed, or what MyBatis does around the scripts. */
    record RunFailed(Explanation explanation, Optional<DatabaseError> database, List<RevisionId> applied)
            implements MigrationFailure {
        public RunFailed {
            applied = List.copyOf(applied);
        }
    }

    /** This database was not looked at because an earlier one failed. */
    record NotRun(Explanation explanation) implements MigrationFailure {}

    /**
     * The whole story for a log, one fact a line: the id, what happened, where, what the database said, what was
     * applied before it, what to do. Never null.
     */
    default String describe() {
        List<String> lines = new ArrayList<>();
        boolean single =
                problems().size() == 1 && problems().get(0).explanation().equals(explanation());
        lines.add(explanation() + (single ? " [" + problems().get(0).where() + "]" : ""));
        if (!single) {
            problems().forEach(problem -> lines.add("  " + problem));
        }
        statement().ifPresent(failed -> {
            lines.add("  Script:     " + failed.script() + ", line " + failed.line() + " (statement " + failed.number()
                    + ")");
            lines.add("  Statement:  " + failed.text().lines().collect(Collectors.joining("\n              ")));
        });
        database().ifPresent(error -> {
            lines.add("  Database:   " + error.message().lines().collect(Collectors.joining("\n              ")));
            lines.add("  SQLState:   " + error.sqlState().orElse("none") + ", vendor code " + error.vendorCode());
        });
        if (!applied().isEmpty()) {
            lines.add("  Applied:    "
                    + applied().stream().map(RevisionId::toString).collect(Collectors.joining(", "))
                    + " (before the failure, and stays applied)");
        }
        if (!undone().isEmpty()) {
            lines.add("  Undone:     "
                    + undone().stream().map(RevisionId::toString).collect(Collectors.joining(", "))
                    + " (before the failure, and stays undone)");
        }
        if (!explanation().action().isEmpty()) {
            lines.add("  What to do: " + explanation().action());
        }
        return String.join("\n", lines);
    }
}
