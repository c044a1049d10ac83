package io.github.deploymigrations.deployment;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Warns before the server gives up a deployment that takes long. WildFly does after
 * {@code jboss.as.management.blocking.timeout} seconds, 300 by default (39); the run goes on behind that.
 */
final class DeploymentLimit extends TimerTask {
    private static final String TIMEOUT = "jboss.as.management.blocking.timeout";
    private static final int DEFAULT_SECONDS = 300;

    private final Duration limit = Duration.ofSeconds(seconds());
    private final Duration warning = limit.multipliedBy(4).dividedBy(5);
    private final Optional<Timer> clock;

    private DeploymentLimit(Optional<Timer> clock) {
        this.clock = clock;
        if (clock.isPresent()) {
            clock.get().schedule(this, warning.toMillis());
        }
    }

    /** As WildFly (39) has it, to which a number that is not positive means its default. */
    private static int seconds() {
        int seconds = Integer.getInteger(TIMEOUT, DEFAULT_SECONDS);
        return seconds > 0 ? seconds : DEFAULT_SECONDS;
    }

    /** Warns until it ends, if this server has a limit. */
    static DeploymentLimit watch() {
        boolean limited = System.getProperty("jboss.home.dir") != null;
        return new DeploymentLimit(
                limited ? Optional.of(new Timer("migrations-deployment-limit", true)) : Optional.empty());
    }

    @Override
    public void run() {
        Log.log(Message.SERVER_GIVES_UP, warning, limit);
    }

    /** The work is done. */
    void end() {
        if (clock.isPresent()) {
            clock.get().cancel();
        }
    }
}
