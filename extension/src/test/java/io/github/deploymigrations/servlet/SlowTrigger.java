package io.github.deploymigrations.servlet;

import java.sql.Connection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.h2.api.Trigger;

/** Makes a statement of H2 last as long as a test needs. */
public final class SlowTrigger implements Trigger {
    static final Semaphore BEGUN = new Semaphore(0);
    static final Semaphore GO_ON = new Semaphore(0);

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) {
        BEGUN.release();
        try {
            GO_ON.tryAcquire(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
