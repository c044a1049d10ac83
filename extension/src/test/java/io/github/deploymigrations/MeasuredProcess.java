package io.github.deploymigrations;

import io.github.deploymigrations.testing.UrlDataSource;
import java.lang.management.ManagementFactory;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicLong;

/** Migrates, and says how that ended, in how many seconds, and how much heap was in use at most. */
final class MeasuredProcess {
    private static final AtomicLong peak = new AtomicLong();

    private MeasuredProcess() {}

    private static void watchHeap() {
        Timer timer = new Timer(true);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        long used = ManagementFactory.getMemoryMXBean()
                                .getHeapMemoryUsage()
                                .getUsed();
                        peak.accumulateAndGet(used, Math::max);
                    }
                },
                0,
                5);
    }

    public static void main(String[] arguments) {
        long start = System.nanoTime();
        watchHeap();
        Migrations migrations = Migrations.of(new UrlDataSource(arguments[0], arguments[1], arguments[2]))
                .with("location", arguments[3])
                .with("lock-timeout", "5s");
        String outcome;
        try {
            outcome = migrations.migrate().status().toString();
        } catch (MigrationException e) {
            outcome = "FAILED by " + e.failure().explanation().code() + " with "
                    + e.getMessage().length() + " characters: " + e.getMessage();
        }
        System.out.printf(
                "ended %d s, at most %d MB of heap: %s%n",
                (System.nanoTime() - start) / 1_000_000_000, peak.get() / 1024 / 1024, outcome);
    }
}
