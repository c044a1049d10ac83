package io.github.deploymigrations.run;

import static java.lang.Integer.MAX_VALUE;

import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends a run that takes longer than it may: nothing begins behind its end, and the statement that hangs there is cancelled.
 * Where the server does not obey, its connection is ended; where not even the network answers, reading from it ends.
 * Thread-safe.
 */
final class TimeLimit {
    /** How long the server may take to cancel a statement. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Optional<Duration> timeout;
    private final long start = System.nanoTime();
    private Optional<Connection> connection = Optional.empty();
    private final List<Connection> others = new ArrayList<>();
    private Product product = Product.OTHER;
    private Optional<Statement> running = Optional.empty();
    private CompletableFuture<Void> cancelled = CompletableFuture.completedFuture(null);

    /** @param timeout if there is a limit; its time begins now */
    TimeLimit(Optional<Duration> timeout, RunClock clock) {
        this.timeout = timeout;
        if (timeout.isPresent()) {
            clock.after(timeout.get(), this::cancel);
            clock.after(timeout.get().plus(GRACE), this::abort);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "migrations-timeout");
        thread.setDaemon(true);
        return thread;
    }

    /** The limit; empty if there is none. */
    Optional<Duration> timeout() {
        return timeout;
    }

    /** How long the run has been going on. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Whether the run's time is over. */
    boolean isOver() {
        return timeout.filter(limit -> elapsed().compareTo(limit) >= 0).isPresent();
    }

    /** What is left of the run's time, and no more than that. */
    Duration atMost(Duration other) {
        if (timeout.isEmpty()) {
            return other;
        }
        Duration rest = timeout.get().minus(elapsed());
        if (rest.compareTo(other) >= 0) {
            return other;
        }
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    /** Whether there is time for a pause, and something after it. */
    boolean leaves(Duration pause) {
        return timeout.isEmpty() || atMost(timeout.get()).compareTo(pause) > 0;
    }

    /** Nothing more may begin behind the end. */
    void check() throws OutOfTime {
        if (isOver()) {
            throw new OutOfTime();
        }
    }

    /** The connection that is ended if what runs on it does not obey. */
    synchronized void watch(Connection watched, Product itsProduct) {
        connection = Optional.of(watched);
        product = itsProduct;
    }

    /** So is another one, of the lock or of a hook. */
    synchronized void watchAlso(Connection other) {
        others.add(other);
        bound(other);
    }

    /** It goes back to where it came from. */
    synchronized void forget(Connection other) {
        others.remove(other);
    }

    /** Reading from a network that is silent ends soon after the limit, where the driver can (not H2 2.4). */
    void bound(Connection bounded) {
        if (timeout.isPresent()) {
            Duration silence = atMost(timeout.get()).plus(GRACE).plus(GRACE);
            try {
                bounded.setNetworkTimeout(Runnable::run, (int) Math.min(MAX_VALUE, silence.toMillis()));
            } catch (SQLException | RuntimeException e) {
                Log.trace(Message.RUN_TIMED_OUT, e);
            }
        }
    }

    /** The statement begins to run. */
    synchronized void begins(Statement statement) {
        running = Optional.of(statement);
        if (timeout.isPresent() && connection.isPresent()) {
            if (product.cancelsStatements()) {
                bound(connection.get());
                return;
            }
            try {
                statement.setQueryTimeout(
                        (int) Math.min(MAX_VALUE, atMost(timeout.get()).toSeconds() + 1));
            } catch (SQLException | RuntimeException e) {
                Log.trace(Message.RUN_TIMED_OUT, e);
            }
        }
    }

    /** It ran, well or not. Waits for a cancellation that is under way, so that it hits nothing else. */
    void ends() {
        CompletableFuture<Void> last;
        synchronized (this) {
            running = Optional.empty();
            last = cancelled;
        }
        try {
            last.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            Log.trace(Message.RUN_TIMED_OUT, e);
        }
    }

    private synchronized void cancel() {
        running.ifPresent(statement -> cancelled = CompletableFuture.runAsync(
                () -> {
                    try {
                        statement.cancel();
                    } catch (SQLException | RuntimeException e) {
                        Log.trace(Message.RUN_TIMED_OUT, e);
                    }
                },
                work -> daemon(work).start()));
    }

    private static void end(Connection watched) {
        daemon(() -> {
                    try {
                        watched.abort(Runnable::run);
                    } catch (SQLException | RuntimeException e) {
                        Log.trace(Message.RUN_TIMED_OUT, e);
                    }
                })
                .start();
    }

    private synchronized void abort() {
        Log.trace(Message.RUN_TIMED_OUT, new OutOfTime());
        connection.ifPresent(TimeLimit::end);
        others.forEach(TimeLimit::end);
    }
}
