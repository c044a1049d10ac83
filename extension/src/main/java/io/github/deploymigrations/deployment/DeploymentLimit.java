package io.github.deploymigrations.deployment;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Warns before the server gives up a deployment that takes long. WildFly does after
 * {@code jboss.as.management.blocking.timeout} seconds, 300 by default (39); the run goes on behind that.
 */
final class DeploymentLimit {
    private static final String TIMEOUT = "jboss.as.management.blocking.timeout";
    private static final int DEFAULT_SECONDS = 300;

    private final Optional<ScheduledThreadPoolExecutor> clock;

    private DeploymentLimit(Optional<ScheduledThreadPoolExecutor> clock) {
        this.clock = clock;
    }

    /** Warns until it ends, if this server has a limit. */
    static DeploymentLimit watch() {
        if (System.getProperty("jboss.home.dir") == null) {
            return new DeploymentLimit(Optional.empty());
        }
        Duration limit = Duration.ofSeconds(seconds());
        Duration warning = limit.multipliedBy(4).dividedBy(5);
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, DeploymentLimit::thread);
        Future<?> unused = clock.schedule(
                () -> Log.log(Message.SERVER_GIVES_UP, warning, limit), warning.toMillis(), TimeUnit.MILLISECONDS);
        return new DeploymentLimit(Optional.of(clock));
    }

    /** As WildFly (39) has it, to which a number that is not positive means its default. */
    private static int seconds() {
        int seconds = Integer.getInteger(TIMEOUT, DEFAULT_SECONDS);
        return seconds > 0 ? seconds : DEFAULT_SECONDS;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "migrations-deployment-limit");
        thread.setDaemon(true);
        return thread;
    }

    /** The work is done. */
    void end() {
        if (clock.isPresent()) {
            clock.get().shutdownNow();
        }
    }
}
