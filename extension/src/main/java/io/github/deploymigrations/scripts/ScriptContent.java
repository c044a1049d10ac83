package io.github.deploymigrations.scripts;

/**
 * What the statements of a script are like, or those of its undo part. Immutable.
 *
 * @param statements that are more than comments
 * @param onlyRows whether every statement reads or changes rows
 * @param sessionBound whether a statement sets or reads what only its session knows
 * @param transaction what it says of transactions
 */
public record ScriptContent(int statements, boolean onlyRows, boolean sessionBound, Script.Transaction transaction) {}
