package io.github.deploymigrations.preflight;

import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.database.StatementLimit;
import io.github.deploymigrations.messages.Lapse;
import io.github.deploymigrations.messages.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who ends a statement before our own timeout does. Only a doubt: most scripts are quick, and one that is not may lift the
 * limit by itself.
 */
final class StatementTime implements Probe {

    /** @param whose for people */
    private record Limit(Duration time, String whose) {}

    @Override
    public List<Finding> ask(Undertaking work) throws SQLException {
        if (work.plan().running().isEmpty()) {
            return List.of();
        }
        Optional<Duration> ours = work.settings().timeout();
        List<Finding> found = new ArrayList<>();
        for (Limit limit : limits(work)) {
            if (!limit.time().isZero() && (ours.isEmpty() || limit.time().compareTo(ours.get()) < 0)) {
                String timeout = ours.isEmpty() ? "there is no timeout" : "timeout is " + Lapse.text(ours.get());
                found.add(
                        new Finding.Doubtful(Message.STATEMENT_TIME_SHORT.with(limit.time(), limit.whose(), timeout)));
            }
        }
        return found;
    }

    private static List<Limit> limits(Undertaking work) throws SQLException {
        List<Limit> limits = new ArrayList<>();
        Connection connection = work.connection();
        Optional<StatementLimit> ofServer = work.product().statementLimit();
        if (ofServer.isPresent()) {
            StatementLimit limit = ofServer.get();
            limits.add(new Limit(millis(connection, limit.query()), limit.setting()));
        }
        if (work.product().keepsQueryTimeouts()) {
            limits.add(new Limit(queryTimeout(connection), "the query timeout of the DataSource"));
        }
        return limits;
    }

    /** What a pool, or the URL, gives each statement. */
    private static Duration queryTimeout(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return Duration.ofSeconds(statement.getQueryTimeout());
        }
    }

    private static Duration millis(Connection connection, String sql) throws SQLException {
        Optional<List<String>> row = Query.row(connection, sql);
        return row.isEmpty()
                ? Duration.ZERO
                : Duration.ofMillis(Long.parseLong(row.get().get(0)));
    }
}
