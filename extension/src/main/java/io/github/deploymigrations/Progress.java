package io.github.deploymigrations;

import static java.util.Objects.requireNonNull;

import io.github.deploymigrations.messages.Lapse;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a run is. Immutable.
 *
 * @param script file that is being applied
 * @param number of the script in this run, from 1
 * @param scripts of this run
 * @param statement that runs now or ran last, from 1; 0 before the first
 * @param statements of the script
 * @param rows that the script's statements have changed so far, as the database counted them
 * @param startedAt when the script began
 */
public record Progress(
        String script, int number, int scripts, int statement, int statements, long rows, Instant startedAt) {

    public Progress {
        requireNonNull(script);
        requireNonNull(startedAt);
    }

    /** The same at another statement. */
    public Progress at(int next) {
        return new Progress(script, number, scripts, next, statements, rows, startedAt);
    }

    /** The same with more rows changed. */
    public Progress withRows(long more) {
        return new Progress(script, number, scripts, statement, statements, rows + more, startedAt);
    }

    /** For people: {@code [3/14] 7_create_orders.sql: statement 5 of 9, 30 s}. */
    public String describe() {
        Duration lapse = Duration.between(startedAt, Instant.now());
        return "[" + number + "/" + scripts + "] " + script + ": statement " + statement + " of " + statements + ", "
                + Lapse.text(lapse.isNegative() ? Duration.ZERO : lapse)
                + (rows == 0 ? "" : ", " + rows + (rows == 1 ? " row" : " rows"));
    }
}
