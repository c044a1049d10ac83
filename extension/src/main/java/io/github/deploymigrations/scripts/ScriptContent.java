package io.github.deploymigrations.scripts;

import java.util.Optional;

/**
 * What the statements of a script are like, or those of its undo part. Immutable.
 *
 * @param statements that go to the database; 0 if all of them are nothing but comments
 * @param onlyRows whether every statement reads or changes rows
 * @param sessionBound whether a statement sets or reads what only its session knows
 * @param plain whether every statement leaves role, path and session alone for sure
 * @param table the first that it makes for sure, in the schema where it runs; empty unless it is plain
 * @param transaction what it says of transactions
 */
public record ScriptContent(
        int statements,
        boolean onlyRows,
        boolean sessionBound,
        boolean plain,
        Optional<String> table,
        Script.Transaction transaction) {

    /** Of which no more is known than their number: they may need their session. */
    public static ScriptContent unknown(int statements) {
        return new ScriptContent(statements, false, true, false, Optional.empty(), Script.Transaction.WHOLE);
    }
}
