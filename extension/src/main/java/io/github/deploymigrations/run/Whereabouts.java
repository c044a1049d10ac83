package io.github.deploymigrations.run;

import io.github.deploymigrations.Progress;
import io.github.deploymigrations.RunInProgress;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.lock.MigrationLock;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.scripts.Script;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Where a run is, told to the log and to those who wait for the lock. May be asked by any thread. */
final class Whereabouts {
    /** How often the log hears of what takes long. */
    static final Duration EVERY = Duration.ofSeconds(10);

    private static final Duration LONG = EVERY.dividedBy(2);

    /** Telling those who wait costs a call of the database: no more often than this. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final int scripts;
    private final MigrationLock.Held lock;
    private final Instant startedAt = Instant.now();
    private volatile Optional<Progress> progress = Optional.empty();
    private int number;
    private long told = System.nanoTime();

    Whereabouts(int scripts, MigrationLock.Held lock) {
        this.scripts = scripts;
        this.lock = lock;
    }

    /** Empty before the first script. */
    Optional<Progress> progress() {
        return progress;
    }

    /** For those who look. */
    RunInProgress inProgress(HistoryTable.Origin origin) {
        return new RunInProgress(
                Optional.of(origin.node()),
                Optional.of(origin.deployment()),
                Optional.of(startedAt),
                Optional.empty(),
                progress);
    }

    /** A script begins. */
    void at(Script script) {
        number++;
        progress = Optional.of(new Progress(
                Optional.of(script.file()),
                OptionalInt.of(number),
                OptionalInt.of(scripts),
                0,
                script.statements(),
                OptionalLong.of(0),
                Optional.of(Instant.now())));
    }

    /** A statement begins; returns whether those who wait have heard nothing for so long that they should now. */
    boolean at(int statement) throws SQLException {
        progress = progress.map(now -> now.at(statement));
        boolean due = progress.isPresent() && System.nanoTime() - told > PAUSE_NANOS;
        if (due) {
            told = System.nanoTime();
            lock.tell(progress.get());
        }
        return due;
    }

    /** So many rows more are changed. */
    void changed(int rows) {
        if (rows > 0) {
            progress = progress.map(now -> now.withRows(rows));
        }
    }

    /** The run is over. */
    void end() {
        progress = Optional.empty();
    }

    /** Tells the log of a script that has been running for long. */
    void tell(String name) {
        progress.filter(now -> now.lapse().orElseThrow().compareTo(LONG) >= 0)
                .ifPresent(now -> Log.log(Message.PROGRESS, name, now.describe()));
    }
}
