package io.github.deploymigrations;

import static java.util.Objects.requireNonNull;

import io.github.deploymigrations.messages.Lapse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Where a run is. Of a run on another node not everything is known. Immutable.
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
        Optional<String> script,
        OptionalInt number,
        OptionalInt scripts,
        int statement,
        int statements,
        OptionalLong rows,
        Optional<Instant> startedAt) {

    public Progress {
        requireNonNull(script);
        requireNonNull(number);
        requireNonNull(scripts);
        requireNonNull(rows);
        requireNonNull(startedAt);
    }

    /** The same at another statement. */
    public Progress at(int next) {
        return new Progress(script, number, scripts, next, statements, rows, startedAt);
    }

    /** The same with more rows changed. */
    public Progress withRows(long more) {
        return new Progress(
                script, number, scripts, statement, statements, OptionalLong.of(rows.orElse(0) + more), startedAt);
    }

    /** How long the script has been running; empty if its beginning is not known. */
    public Optional<Duration> lapse() {
        return startedAt
                .map(start -> Duration.between(start, Instant.now()))
                .map(lapse -> lapse.isNegative() ? Duration.ZERO : lapse);
    }

    /** For people: {@code [3/14] 7_create_orders.sql: statement 5 of 9, 30 s, 120 rows}. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        if (number.isPresent() && scripts.isPresent()) {
            text.append('[')
                    .append(number.getAsInt())
                    .append('/')
                    .append(scripts.getAsInt())
                    .append("] ");
        }
        script.ifPresent(file -> text.append(file).append(": "));
        text.append("statement ").append(statement).append(" of ").append(statements);
        lapse().ifPresent(lapse -> text.append(", ").append(Lapse.text(lapse)));
        if (rows.orElse(0) > 0) {
            text.append(", ").append(rows.getAsLong()).append(rows.getAsLong() == 1 ? " row" : " rows");
        }
        return text.toString();
    }
}
