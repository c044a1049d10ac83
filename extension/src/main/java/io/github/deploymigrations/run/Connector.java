package io.github.deploymigrations.run;

import io.github.deploymigrations.DatabaseError;
import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Gets a connection within a limit of time. A database that is not up yet is asked again; one that refuses the user is
 * not.
 */
final class Connector {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration SECOND = Duration.ofSeconds(3);

    private final DataSource dataSource;
    private final Duration limit;
    private final long start = System.nanoTime();

    Connector(DataSource dataSource, Duration limit) {
        this.dataSource = dataSource;
        this.limit = limit;
    }

    /** Not by the time of day, which may be set meanwhile. */
    private Duration rest() {
        return limit.minusNanos(System.nanoTime() - start);
    }

    /** A second connection, which a pool may not have. */
    Connection another() throws RunStopped {
        return new Connector(dataSource, SECOND).connect();
    }

    Connection connect() throws RunStopped {
        while (true) {
            try {
                return attempt();
            } catch (SQLException | RuntimeException e) {
                Log.trace(Message.CONNECTION_FAILED, e);
                Optional<DatabaseError> error = Errors.of(e);
                if (!isTransient(e) || rest().compareTo(PAUSE) < 0) {
                    throw new RunStopped(new MigrationFailure.Unreachable(
                            Message.CONNECTION_FAILED.with(
                                    error.map(DatabaseError::message).orElseGet(() -> Errors.masked(e.toString()))),
                            error));
                }
                pause();
            }
        }
    }

    /** One attempt, in a thread of its own, as a pool or a driver may hang for longer than the limit. */
    private Connection attempt() throws SQLException, RunStopped {
        CompletableFuture<Connection> answer = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        Connection connection = dataSource.getConnection();
                        if (connection == null) {
                            throw new SQLException("getConnection() of the DataSource gave null");
                        }
                        if (!answer.complete(connection)) {
                            connection.close();
                        }
                    } catch (SQLException | RuntimeException | Error e) {
                        answer.completeExceptionally(e);
                    }
                },
                "migrations-connect");
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        try {
            return answer.get(Math.max(1, rest().toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (!answer.cancel(false) && !answer.isCompletedExceptionally()) {
                return answer.join();
            }
            throw new RunStopped(new MigrationFailure.Unreachable(
                    Message.CONNECTION_HANGS.with(limit.toMillis()), Optional.empty()));
        } catch (InterruptedException e) {
            if (!answer.cancel(false) && !answer.isCompletedExceptionally()) {
                answer.join().close();
            }
            throw interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static boolean isTransient(Exception thrown) {
        Optional<SQLException> error = Errors.sql(thrown);
        if (error.isEmpty()) {
            return false;
        }
        String state = error.get().getSQLState();
        // PostgreSQL's "too many clients" and "starting up"; a pool that has none left gives no state
        return error.get() instanceof SQLTransientException
                || state == null
                || state.startsWith("08")
                || state.equals("53300")
                || state.equals("57P03");
    }

    private static void pause() throws RunStopped {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static RunStopped interrupted() {
        Thread.currentThread().interrupt();
        return new RunStopped(new MigrationFailure.Unreachable(Message.INTERRUPTED.with(), Optional.empty()));
    }
}
