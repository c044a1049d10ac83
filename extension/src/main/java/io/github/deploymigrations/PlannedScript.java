package io.github.deploymigrations;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A script that would be applied or undone. Immutable.
 *
 * @param id of the revision
 * @param description as the changelog gets it
 * @param script the script's path inside its repository, never null
 * @param undo whether it is undone, not applied
 * @param from the first of its statements that would run, from 1; those before it are in the database
 * @param transaction what holds it: {@code script} (one of its own), {@code deployment} (one with all others), {@code none}
 * @param statements that would run, in order, after variables; secret variables stand there by their names
 */
public record PlannedScript(
        RevisionId id,
        String description,
        String script,
        boolean undo,
        int from,
        String transaction,
        List<String> statements) {
    public PlannedScript {
        requireNonNull(id);
        requireNonNull(description);
        requireNonNull(script);
        requireNonNull(transaction);
        statements = List.copyOf(statements);
    }
}
