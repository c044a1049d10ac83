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
    private CompletableFuture<Optional<DeploymentReport>> latest = CompletableFuture.completedFuture(Optional.empty());

    Glance(Deployment deployment) {
        this.deployment = deployment;
    }

    /** Empty if nobody knows by now. */
    Optional<DeploymentReport> now() {
        try {
            return look().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            Log.trace(Message.HEALTH_UNREADABLE, e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private synchronized CompletableFuture<Optional<DeploymentReport>> look() {
        if (latest.isDone()) {
            CompletableFuture<Optional<DeploymentReport>> begun = new CompletableFuture<>();
            Thread thread = new Thread(() -> look(begun), "migrations-health");
            thread.setDaemon(true);
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            thread.start();
            latest = begun;
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
