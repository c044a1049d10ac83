package io.github.deploymigrations.run;

import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.schema.Fingerprint;
import io.github.deploymigrations.schema.SchemaReader;
import io.github.deploymigrations.settings.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks at the schema on the connection that does the work, between two transactions. That it cannot is told once, and
 * never a reason for a run to fail. Not thread-safe.
 */
final class SchemaLook {
    private final TableName changelog;
    private final Session session;
    private final Reporting report;
    private boolean givenUp;
    private Duration took = Duration.ZERO;

    /** @param changelog which does not count, with what is beside it */
    SchemaLook(TableName changelog, Session session, Reporting report) {
        this.changelog = changelog;
        this.session = session;
        this.report = report;
    }

    /** Empty if it cannot be read. */
    Optional<Fingerprint> now() {
        if (givenUp) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        try {
            Fingerprint[] read = new Fingerprint[1];
            session.atWorkplace(() ->
                    read[0] = new SchemaReader(session.connection(), session.product()).read(changelog::isOfFamily));
            return Optional.of(read[0]);
        } catch (SQLException | RuntimeException e) {
            giveUp(Message.SCHEMA_UNREADABLE, e);
            return Optional.empty();
        } finally {
            took = Duration.ofNanos(System.nanoTime() - start);
            endTransaction();
        }
    }

    /** How long the last look took. */
    Duration took() {
        return took;
    }

    void giveUp(Message message, Exception thrown) {
        givenUp = true;
        Log.trace(message, thrown);
        report.warn(message.with(Errors.masked(String.valueOf(thrown.getMessage()))));
    }

    /** Whoever reads begins a transaction, too, which nothing is to be part of. */
    private void endTransaction() {
        Connection connection = session.connection();
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // what comes next on this connection fails, and is told
            Log.trace(Message.SCHEMA_UNREADABLE, e);
        }
    }
}
