package io.github.deploymigrations.database;

/**
 * How long the server lets a statement run. Immutable.
 *
 * @param setting its name in the server
 * @param query that tells it in milliseconds, 0 for no limit
 */
public record StatementLimit(String setting, String query) {}
