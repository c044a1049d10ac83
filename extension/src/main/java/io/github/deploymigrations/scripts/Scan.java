package io.github.deploymigrations.scripts;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a look at all statements of a script found. Immutable.
 *
 * @param statements that go to the database; 0 if all of them are nothing but comments
 * @param terminated whether the last one ends with the delimiter
 * @param onlyRows whether every statement reads or changes rows
 * @param sessionBound whether a statement sets or reads what only its session knows
 * @param plain whether every statement leaves role, path and session alone for sure
 * @param table the first that it makes for sure, before anything that is not plain
 * @param ownCommit the line of the first {@code COMMIT} or {@code ROLLBACK}, if there is one
 * @param hasClientCommand whether a statement begins with what only a client of the database understands
 */
record Scan(
        int statements,
        boolean terminated,
        boolean onlyRows,
        boolean sessionBound,
        boolean plain,
        Optional<String> table,
        OptionalInt ownCommit,
        boolean hasClientCommand) {

    /** @param noTransaction whether the script asks for none */
    ScriptContent content(boolean noTransaction) {
        Script.Transaction own = ownCommit.isPresent() ? Script.Transaction.OWN : Script.Transaction.WHOLE;
        return new ScriptContent(
                statements,
                onlyRows,
                sessionBound,
                plain,
                plain ? table : Optional.empty(),
                noTransaction ? Script.Transaction.NONE : own);
    }
}
