package io.github.deploymigrations.database;

import io.github.deploymigrations.DatabaseError;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes of what a driver or a pool threw something that can be shown: without passwords and JDBC URLs' parameters. */
public final class Errors {
    private static final Pattern URL_PARAMETERS = Pattern.compile("(jdbc:[^\\s;?\"']*)[;?][^\\s\"']*");
    private static final Pattern URL_USER =
            Pattern.compile("(jdbc:[a-z0-9]+:(?:[a-z0-9]+:)?(?://)?)[^\\s\"'@]*@", Pattern.CASE_INSENSITIVE);
    private static final Pattern PASSWORD = Pattern.compile("(?i)(passw(?:or)?d\\s*[=:]\\s*)[^\\s;,&\"']+");

    /** The SQL standard's serialization failure; PostgreSQL's deadlock, ends of the server, lock timeout; Derby; H2. */
    private static final Set<String> TRANSIENT_STATES = Set.of(
            "40001", "40P01", "57P01", "57P02", "57P03", "55P03", "40XL1", "40XL2", "HYT00", "90067", "90098", "90121");

    /** PostgreSQL ended the session, or the server; H2 did. */
    private static final Set<String> ENDED_STATES = Set.of("57P01", "57P02", "90067", "90098", "90121");

    /** MariaDB and MySQL: a lock waited for in vain, deadlock; Oracle: deadlock; SQL Server: deadlock, lock timeout. */
    private static final Set<Integer> TRANSIENT_CODES = Set.of(1205, 1213, 60, 1222);

    /** SQLite: another process writes, or reads what is to be written, for longer than its busy_timeout. */
    private static final String SQLITE_BUSY = "[SQLITE_BUSY";

    private Errors() {}

    /** What the database said at the bottom of the chain of causes, or empty if it was no database that threw. */
    public static Optional<DatabaseError> of(Throwable thrown) {
        return sql(thrown)
                .map(error -> new DatabaseError(
                        masked(text(thrown, error)), Optional.ofNullable(error.getSQLState()), error.getErrorCode()));
    }

    /**
     * The error of the driver: pools wrap it (IronJacamar twice), so the deepest with an SQLState counts, else the
     * deepest.
     */
    public static Optional<SQLException> sql(Throwable thrown) {
        SQLException found = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException error
                    && (found == null || error.getSQLState() != null || found.getSQLState() == null)) {
                found = error;
            }
        }
        return Optional.ofNullable(found);
    }

    /**
     * The driver's own error, where a pool has put it into one that says nothing (Payara 6.2025.10): the first with an
     * SQLState. Not the deepest, as pgjdbc (42.7) gives that of a failed transaction the error that made it fail.
     */
    public static SQLException driver(SQLException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException error && error.getSQLState() != null) {
                return error;
            }
        }
        return thrown;
    }

    /**
     * Whether the same may end well another time: the connection was lost or the server ended, or somebody else was in the
     * way (deadlock, serialization failure, a lock waited for in vain).
     */
    public static boolean isTransient(SQLException thrown) {
        SQLException error = driver(thrown);
        String state = String.valueOf(error.getSQLState());
        boolean known = error instanceof SQLTransactionRollbackException
                || error instanceof SQLTransientConnectionException
                || error instanceof SQLRecoverableException
                || error instanceof SQLNonTransientConnectionException;
        return known
                || state.startsWith("08")
                || TRANSIENT_STATES.contains(state)
                || TRANSIENT_CODES.contains(error.getErrorCode())
                || String.valueOf(error.getMessage()).contains(SQLITE_BUSY);
    }

    /** Whether the session itself is gone. */
    public static boolean isConnectionLost(SQLException thrown) {
        String state = String.valueOf(driver(thrown).getSQLState());
        return state.startsWith("08") || ENDED_STATES.contains(state);
    }

    /** The deepest exception's text tells the reason where the driver's own does not. */
    private static String text(Throwable thrown, SQLException error) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        // H2 repeats the whole statement behind its message
        String text = String.valueOf(error.getMessage()).replaceFirst("(?s); SQL statement:\n.*", "");
        boolean told = deepest == error || deepest.getMessage() == null || text.contains(deepest.getMessage());
        return told ? text : text + " (" + deepest.getMessage() + ")";
    }

    /** The text without what must not be seen. */
    public static String masked(String text) {
        String masked = URL_PARAMETERS.matcher(text).replaceAll("$1");
        masked = URL_USER.matcher(masked).replaceAll("$1");
        return PASSWORD.matcher(masked).replaceAll("$1***");
    }
}
