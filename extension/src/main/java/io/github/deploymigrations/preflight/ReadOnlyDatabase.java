package io.github.deploymigrations.preflight;

import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.messages.Message;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Whether database or connection take no changes: a replica, or one that somebody has closed. */
final class ReadOnlyDatabase implements Probe {
    /** What somebody has set, and a script could set back. */
    private static final String OF_SESSION = "its transactions are read-only (%s)";

    /** For Pgpool-II, which would ask any of its servers, and writes to one (its manual, not tried). */
    private static final String PRIMARY = "/*NO LOAD BALANCE*/ ";

    @Override
    public List<Finding> ask(Undertaking work) throws SQLException, IOException {
        Optional<String> reason = switch (work.product()) {
            case POSTGRESQL -> ofPostgreSql(work);
            case MARIADB -> ofMariaDb(work);
            // it cannot be set back, and has nothing to do with a flag of the connection (2.4)
            case H2 ->
                Query.isTrue(work.connection(), "call readonly()") ? Optional.of("it was opened so") : Optional.empty();
            case MYSQL, HSQLDB, DERBY, SQLITE ->
                work.connection().isReadOnly() && work.isSureOfSession()
                        ? Optional.of("the DataSource gives read-only connections")
                        : Optional.empty();
            // to JDBC the flag is a hint, which others may only keep in mind
            default -> Optional.empty();
        };
        return reason.isEmpty()
                ? List.of()
                : List.of(new Finding.Fatal("the database", Message.DATABASE_READ_ONLY.with(reason.get())));
    }

    private static Optional<String> ofPostgreSql(Undertaking work) throws SQLException, IOException {
        if (Query.isTrue(work.connection(), PRIMARY + "select pg_is_in_recovery()")) {
            return Optional.of("it is a standby (pg_is_in_recovery)");
        }
        if (isReadOnlyTransaction(work.connection()) && work.isSureOfSession()) {
            return Optional.of(OF_SESSION.formatted("default_transaction_read_only"));
        }
        // a flag of the driver (42.7), which begins transactions by it and leaves auto-commit alone, or takes no notice
        return work.connection().isReadOnly()
                        && work.first().isPlain()
                        && work.first().isTransaction()
                        && beginsReadOnly(work.connection())
                ? Optional.of("the DataSource gives read-only connections")
                : Optional.empty();
    }

    private static boolean beginsReadOnly(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            return isReadOnlyTransaction(connection);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static boolean isReadOnlyTransaction(Connection connection) throws SQLException {
        return Query.isTrue(connection, PRIMARY + "select current_setting('transaction_read_only') = 'on'");
    }

    private static Optional<String> ofMariaDb(Undertaking work) throws SQLException, IOException {
        if (Query.isTrue(work.connection(), "select cast(@@read_only as char) in ('1', 'ON')")) {
            // SUPER went past it before 10.11; SHOW GRANTS has an underscore that GRANT need not have
            if (!GlobalRights.of(work.connection()).mayHave("READ_ONLY ADMIN", "READ ONLY ADMIN", "SUPER")) {
                return Optional.of("read_only is set, and the user is bound by it");
            }
        }
        return Query.isTrue(work.connection(), "select @@tx_read_only") && work.isSureOfSession()
                ? Optional.of(OF_SESSION.formatted("tx_read_only"))
                : Optional.empty();
    }
}
