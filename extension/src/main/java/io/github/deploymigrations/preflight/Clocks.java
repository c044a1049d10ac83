package io.github.deploymigrations.preflight;

import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.messages.Message;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Whether the database's clock and ours are far apart: both write times that people compare. */
final class Clocks implements Probe {
    /** More than any network takes to answer, and less than anybody overlooks in a log. */
    private static final Duration FAR = Duration.ofMinutes(1);

    @Override
    public List<Finding> ask(Undertaking work) throws SQLException {
        Optional<String> query = switch (work.product()) {
            case POSTGRESQL -> Optional.of("select extract(epoch from clock_timestamp())");
            case MARIADB, MYSQL -> Optional.of("select unix_timestamp(now(6))");
            case H2 -> Optional.of("select extract(epoch from current_timestamp)");
            default -> Optional.empty();
        };
        if (query.isEmpty()) {
            return List.of();
        }
        Instant before = Instant.now();
        Optional<List<String>> row = Query.row(work.connection(), query.get());
        if (row.isEmpty()) {
            return List.of();
        }
        BigDecimal seconds = new BigDecimal(row.get().get(0));
        Instant theirs = Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
        return compared(theirs, before, Instant.now());
    }

    /** @param theirs asked for after the one and answered before the other of our times */
    static List<Finding> compared(Instant theirs, Instant before, Instant after) {
        Duration behind = Duration.between(theirs, before);
        Duration ahead = Duration.between(after, theirs);
        if (behind.compareTo(FAR) > 0) {
            return List.of(
                    new Finding.Doubtful(Message.CLOCKS_APART.with(behind.truncatedTo(ChronoUnit.MINUTES), "behind")));
        }
        return ahead.compareTo(FAR) > 0
                ? List.of(new Finding.Doubtful(
                        Message.CLOCKS_APART.with(ahead.truncatedTo(ChronoUnit.MINUTES), "ahead of")))
                : List.of();
    }
}
