package io.github.deploymigrations.scripts;

/**
 * A statement of a script. Immutable.
 *
 * @param piece of the file that it is, before variables
 * @param sql as it goes to the database
 */
public record ScriptStatement(ScriptPiece piece, String sql) {}
