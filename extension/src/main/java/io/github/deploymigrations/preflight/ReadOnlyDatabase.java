package io.github.deploymigrations.preflight;

import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.messages.Message;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Whether database or connection take no changes: a replica, or one that somebody has closed. */
final class ReadOnlyDatabase implements Probe {
    /** What somebody has set, and a script could set back. */
    private static final String OF_SESSION = "its transactions are read-only (%s)";

    @Override
    public List<Finding> ask(Undertaking work) throws SQLException, IOException {
        Optional<String> reason = switch (work.product()) {
            case POSTGRESQL -> ofPostgreSql(work);
            case MARIADB -> ofMariaDb(work);
            // it cannot be set back (2.4)
            case H2 -> work.connection().isReadOnly() ? Optional.of("it was opened so") : Optional.empty();
            default ->
                work.connection().isReadOnly() && work.isSureOfSession()
                        ? Optional.of("the DataSource gives read-only connections")
                        : Optional.empty();
        };
        return reason.stream()
                .map(why -> (Finding) new Finding.Fatal("the database", Message.DATABASE_READ_ONLY.with(why)))
                .toList();
    }

    private static Optional<String> ofPostgreSql(Undertaking work) throws SQLException, IOException {
        if (Query.isTrue(work.connection(), "select pg_is_in_recovery()")) {
            return Optional.of("it is a standby (pg_is_in_recovery)");
        }
        if (Query.isTrue(work.connection(), "select current_setting('transaction_read_only') = 'on'")
                && work.isSureOfSession()) {
            return Optional.of(OF_SESSION.formatted("default_transaction_read_only"));
        }
        // a flag of the driver (42.7), which begins transactions by it and leaves auto-commit alone
        return work.connection().isReadOnly()
                        && work.first().isPlain()
                        && work.first().isTransaction()
                ? Optional.of("the DataSource gives read-only connections")
                : Optional.empty();
    }

    private static Optional<String> ofMariaDb(Undertaking work) throws SQLException, IOException {
        if (Query.isTrue(work.connection(), "select cast(@@read_only as char) in ('1', 'ON')")) {
            Grants grants = Grants.of(work.connection());
            // SUPER went past it before 10.11
            if (grants.areCertain() && !grants.allow("READ ONLY ADMIN") && !grants.allow("SUPER")) {
                return Optional.of("read_only is set, and the user is bound by it");
            }
        }
        return Query.isTrue(work.connection(), "select @@tx_read_only") && work.isSureOfSession()
                ? Optional.of(OF_SESSION.formatted("tx_read_only"))
                : Optional.empty();
    }
}
