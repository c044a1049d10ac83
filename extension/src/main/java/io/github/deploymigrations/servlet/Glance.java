package io.github.deploymigrations.servlet;

import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.deployment.DeploymentReport;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.run.Patience;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The databases as they are now, if they answer at once: who asks is a probe, for which Kubernetes waits a second.
 * Looks by one thread at a time, however many ask. Thread-safe.
 */
final class Glance {
    static final Duration PATIENCE = Duration.ofMillis(500);

    private final Deployment deployment;
    private Look latest = new Look(CompletableFuture.completedFuture(Optional.empty()), System.nanoTime());

    /** What one thread finds, and since when it looks. */
    private record Look(CompletableFuture<Optional<DeploymentReport>> found, long since) {}

    Glance(Deployment deployment) {
        this.deployment = deployment;
    }

    /** Empty if nobody knows by now. Who comes later waits less: so many can come that all threads of the server wait. */
    Optional<DeploymentReport> now() {
        Look look = look();
        try {
            long rest = PATIENCE.toNanos() - (System.nanoTime() - look.since());
            return look.found().get(Math.max(0, rest), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            Log.trace(Message.HEALTH_UNREADABLE, e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private synchronized Look look() {
        if (latest.found().isDone()) {
            CompletableFuture<Optional<DeploymentReport>> begun = new CompletableFuture<>();
            Thread thread = new Thread(() -> look(begun), "migrations-health");
            thread.setDaemon(true);
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            thread.start();
            latest = new Look(begun, System.nanoTime());
        }
        return latest;
    }

    private void look(CompletableFuture<Optional<DeploymentReport>> begun) {
        try {
            begun.complete(deployment.status(Patience.NONE));
        } catch (RuntimeException | Error e) {
            begun.completeExceptionally(e);
        }
    }
}
