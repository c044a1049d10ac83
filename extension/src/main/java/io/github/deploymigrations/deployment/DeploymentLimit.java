package io.github.deploymigrations.deployment;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Supplier;

/**
 * Warns before the server gives up a deployment that takes long. WildFly does after
 * {@code jboss.as.management.blocking.timeout} seconds, 300 by default (39); the run goes on behind that.
 */
final class DeploymentLimit {
    private static final String TIMEOUT = "jboss.as.management.blocking.timeout";
    private static final int DEFAULT_SECONDS = 300;

    private DeploymentLimit() {}

    /** Does the work, and warns if it comes near the limit of this server, if that has one. */
    static <T> T watched(Supplier<T> work) {
        Optional<Duration> limit = limit();
        if (limit.isEmpty()) {
            return work.get();
        }
        Timer clock = new Timer("migrations-deployment-limit", true);
        try {
            Duration warning = limit.get().multipliedBy(4).dividedBy(5);
            clock.schedule(task(() -> Log.log(Message.SERVER_GIVES_UP, warning, limit.get())), warning.toMillis());
            return work.get();
        } finally {
            clock.cancel();
        }
    }

    private static TimerTask task(Runnable work) {
        return new TimerTask() {
            @Override
            public void run() {
                work.run();
            }
        };
    }

    private static Optional<Duration> limit() {
        return Optional.ofNullable(System.getProperty("jboss.home.dir"))
                .map(home -> Duration.ofSeconds(Integer.getInteger(TIMEOUT, DEFAULT_SECONDS)));
    }
}
