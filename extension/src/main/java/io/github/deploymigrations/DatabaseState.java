package io.github.deploymigrations;

import static java.util.Objects.requireNonNull;

import io.github.deploymigrations.messages.Explanation;
import java.util.List;
import java.util.Optional;

/**
 * What was found on a database. Immutable.
 *
 * @param product name and version of the database, if it was reached
 * @param running the run that is at work on it, if there is one
 * @param revisions ascending by id
 * @param warnings what a person should know although nothing failed
 * @param drift what was changed in the schema by hand since the last run, one line each with {@code +} or {@code -} in
 *     front; empty if nobody looked, or could tell
 */
public record DatabaseState(
        Optional<String> product,
        Optional<RunInProgress> running,
        List<Revision> revisions,
        List<Explanation> warnings,
        Optional<List<String>> drift) {

    /** Of a database that nobody looked at. */
    static final DatabaseState UNKNOWN =
            new DatabaseState(Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty());

    public DatabaseState {
        requireNonNull(product);
        requireNonNull(running);
        revisions = List.copyOf(revisions);
        warnings = List.copyOf(warnings);
        drift = drift.isPresent() ? Optional.of(List.copyOf(drift.get())) : drift;
    }
}
