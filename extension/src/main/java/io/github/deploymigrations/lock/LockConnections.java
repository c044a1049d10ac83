package io.github.deploymigrations.lock;

import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The connection that does the work, and the one that keeps a row locked meanwhile. */
final class LockConnections {
    /** A pool that has none left lets callers wait for half a minute and more. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final Connection working;
    private final ConnectionSource another;
    private final TableName changelog;
    private final Product product;
    private final boolean pooled;

    LockConnections(
            Connection working, ConnectionSource another, TableName changelog, Product product, boolean pooled) {
        this.working = working;
        this.another = another;
        this.changelog = changelog;
        this.product = product;
        this.pooled = pooled;
    }

    Connection working() {
        return working;
    }

    TableName changelog() {
        return changelog;
    }

    /** Who we are, as others shall see it. */
    Optional<String> session(Connection connection) throws SQLException {
        return product.sessionQuery().isEmpty()
                ? Optional.empty()
                : Query.row(connection, product.sessionQuery().get()).map(row -> row.get(0));
    }

    /** A second connection, in a transaction of its own. */
    LockConnection begin() throws SQLException, LockFailed {
        LockConnection connection = new LockConnection(open());
        try {
            if (pooled) {
                connection.beginBehindPooler();
            } else {
                connection.begin();
            }
            if (working.getAutoCommit()) {
                return connection;
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        throw failed("the DataSource gave the one again that does the work");
    }

    private Connection open() throws SQLException, LockFailed {
        CompletableFuture<Connection> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> open(answer), "migrations-lock");
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        try {
            return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (answer.completeExceptionally(e)) {
                throw notGiven("the DataSource did not give one in " + LIMIT.toMillis() + " ms", e);
            }
            return answer.join();
        } catch (InterruptedException e) {
            answer.completeExceptionally(e);
            Thread.currentThread().interrupt();
            throw new LockFailed(Message.INTERRUPTED.with());
        } catch (ExecutionException e) {
            Log.trace(Message.LOCK_NEEDS_CONNECTION, e);
            String reason = Errors.of(e)
                    .map(error -> error.message())
                    .orElseGet(() -> Errors.masked(e.getCause().toString()));
            throw notGiven("the DataSource did not give one: " + reason, e.getCause());
        }
    }

    /** No pool is too small where the database went away meanwhile, and the connection that does the work with it. */
    private LockFailed notGiven(String why, Throwable cause) throws SQLException {
        if (!working.isValid((int) LIMIT.toSeconds())) {
            throw new SQLNonTransientConnectionException("a second connection was needed, and " + why, "08006", cause);
        }
        return failed(why);
    }

    /** One that comes too late goes back. */
    private void open(CompletableFuture<Connection> answer) {
        try {
            Connection connection = another.open();
            if (!answer.complete(connection)) {
                connection.close();
            }
        } catch (SQLException | RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private LockFailed failed(String why) {
        String hint = product.advisoryLocking().isPresent() && !pooled ? ", or set lock to auto" : "";
        return new LockFailed(Message.LOCK_NEEDS_CONNECTION.with(changelog, why, hint));
    }
}
