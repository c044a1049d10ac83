package io.github.deploymigrations.lock;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits for a lock by asking for it again and again, with no transaction open in between: one that waits inside the
 * database stops {@code CREATE INDEX CONCURRENTLY} of the one it waits for (PostgreSQL 14).
 */
public final class LockWait {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    /** Of what was waited: where many wait, each takes its turn, and whoever sleeps long lets all behind wait longer. */
    private static final int PART = 8;

    private static final Duration FIRST_WORD = Duration.ofSeconds(1);
    private static final Duration NEXT_WORD = Duration.ofSeconds(5);

    /** How far the holder is. */
    @FunctionalInterface
    public interface Progress {
        /** Empty if nobody knows. */
        Optional<String> describe() throws SQLException;
    }

    /** Whether whoever waits need not wait any more. */
    @FunctionalInterface
    public interface Needless {
        /** Asked often: a short question at most. */
        boolean now() throws SQLException;
    }

    private final String name;
    private final TableName changelog;
    private final Duration timeout;
    private final Progress progress;

    /**
     * @param name of the block that waits
     * @param changelog that the lock is of
     * @param timeout the longest wait; zero asks once
     * @param progress how far the holder is, asked for whenever the wait is told of
     */
    public LockWait(String name, TableName changelog, Duration timeout, Progress progress) {
        this.name = name;
        this.changelog = changelog;
        this.timeout = timeout;
        this.progress = progress;
    }

    /**
     * Takes the lock as soon as it is free.
     *
     * @throws LockFailed if it was not free for the whole time, cannot be taken at all, or the thread was interrupted (which
     *     it stays)
     */
    public MigrationLock.Held acquire(MigrationLock lock) throws SQLException, LockFailed {
        return acquire(lock, () -> false).orElseThrow();
    }

    /**
     * The same for one who needs the lock no more if the holder does what he would have done.
     *
     * @return the lock, or empty if it is not needed any more
     */
    public Optional<MigrationLock.Held> acquire(MigrationLock lock, Needless needless) throws SQLException, LockFailed {
        long start = System.nanoTime();
        Duration nextWord = FIRST_WORD;
        while (true) {
            Optional<MigrationLock.Held> held = lock.tryAcquire();
            if (held.isPresent() || needless.now()) {
                return held;
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            if (waited.compareTo(timeout) >= 0) {
                throw new LockFailed(Message.LOCK_TIMEOUT.with(changelog, timeout, holder(lock), progress()));
            }
            if (waited.compareTo(nextWord) >= 0) {
                Log.log(Message.LOCK_WAITING, name, holder(lock), changelog, progress());
                nextWord = waited.plus(NEXT_WORD);
            }
            sleep(shorter(pause(waited), timeout.minus(waited)));
        }
    }

    private static Duration pause(Duration waited) {
        Duration pause = shorter(waited.dividedBy(PART), LONGEST_PAUSE);
        return pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
    }

    private static String holder(MigrationLock lock) throws SQLException {
        return lock.holder().orElse(LockHolder.UNKNOWN).describe();
    }

    private String progress() throws SQLException {
        return progress.describe().map(text -> ": " + text).orElse("");
    }

    private static Duration shorter(Duration first, Duration second) {
        return first.compareTo(second) < 0 ? first : second;
    }

    private static void sleep(Duration pause) throws LockFailed {
        try {
            Thread.sleep(Math.max(1, pause.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockFailed(Message.INTERRUPTED.with());
        }
    }
}
