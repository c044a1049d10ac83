package io.github.deploymigrations.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What is to happen at a certain time of a run, in one thread, which there is only if something is. Not by {@code
 * java.util.Timer}, which goes by the time of day (Java 17): where the clock is set, it is early, or never. Thread-safe.
 */
final class RunClock implements AutoCloseable {
    private Optional<ScheduledThreadPoolExecutor> timer = Optional.empty();

    /** Once, after so long. */
    synchronized void after(Duration delay, Runnable work) {
        Future<?> unused = timer().schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Again and again, with so long in between. */
    synchronized void every(Duration period, Runnable work) {
        Future<?> unused =
                timer().scheduleWithFixedDelay(work, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private ScheduledThreadPoolExecutor timer() {
        if (timer.isEmpty()) {
            ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(1, RunClock::thread);
            started.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            timer = Optional.of(started);
        }
        return timer.get();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "migrations-clock");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public synchronized void close() {
        if (timer.isPresent()) {
            timer.get().shutdown();
        }
    }
}
