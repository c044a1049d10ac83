package io.github.deploymigrations.run;

import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;

/** What is to happen at a certain time of a run, in one thread, which there is only if something is. Thread-safe. */
final class RunClock implements AutoCloseable {
    private Optional<Timer> timer = Optional.empty();

    /** Once, after so long. */
    synchronized void after(Duration delay, Runnable work) {
        timer().schedule(task(work), delay.toMillis());
    }

    /** Again and again, with so long in between. */
    synchronized void every(Duration period, Runnable work) {
        timer().schedule(task(work), period.toMillis(), period.toMillis());
    }

    private Timer timer() {
        if (timer.isEmpty()) {
            timer = Optional.of(new Timer("migrations-clock", true));
        }
        return timer.get();
    }

    private static TimerTask task(Runnable work) {
        return new TimerTask() {
            @Override
            public void run() {
                work.run();
            }
        };
    }

    @Override
    public synchronized void close() {
        if (timer.isPresent()) {
            timer.get().cancel();
        }
    }
}
