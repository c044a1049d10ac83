package io.github.deploymigrations;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a run would do now. Immutable.
 *
 * @param sql the whole of it as text for a person or a client of the database: statements, changelog rows, transactions.
 *     Where nothing would be done, it has comments only
 * @param scripts in the order in which they would be applied
 * @param masked the names of the variables whose values are not shown: if there are any, the text cannot be run as it is
 */
public record PlannedRun(String sql, List<PlannedScript> scripts, List<String> masked) {
    public PlannedRun {
        requireNonNull(sql);
        scripts = List.copyOf(scripts);
        masked = List.copyOf(masked);
    }
}
