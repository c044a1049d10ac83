package io.github.deploymigrations.scripts;

/**
 * A statement of a script. Immutable.
 *
 * @param number of it, from 1, as it is counted when it goes to the database
 * @param piece of the file that it is, before variables
 * @param sql as it goes to the database
 */
public record ScriptStatement(int number, ScriptPiece piece, String sql) {}
