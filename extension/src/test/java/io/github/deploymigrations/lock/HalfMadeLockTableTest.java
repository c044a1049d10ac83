package io.github.deploymigrations.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.settings.LockMode;
import io.github.deploymigrations.settings.TableName;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** H2 (2.4.240) shows a table to others before it has its primary key. */
class HalfMadeLockTableTest {
    private static final CountDownLatch HALF_MADE = new CountDownLatch(1);
    private static final CountDownLatch GO_ON = new CountDownLatch(1);
    private static final AtomicBoolean PAUSED = new AtomicBoolean();

    /** The definition's pause; H2 calls public classes only. */
    public static final class Pause {
        private Pause() {}

        /** H2 asks for the value of a generated column once it has shown the table, and makes the key afterwards. */
        public static int zero() throws InterruptedException {
            if (!PAUSED.getAndSet(true)) {
                HALF_MADE.countDown();
                GO_ON.await();
            }
            return 0;
        }
    }

    @Test
    void nobody_locks_a_row_of_a_table_that_another_has_half_made() throws Exception {
        try (TestDatabase database = TestServer.H2_FILE.fresh();
                LockUser user = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-1");
                LockUser other = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-2")) {
            user.execute("create alias PAUSED deterministic for '" + Pause.class.getName() + ".zero'");
            CompletableFuture<Void> maker = CompletableFuture.runAsync(() -> database.execute(
                    "create table CHANGELOG_LOCK (ID integer not null primary key, HOLDER_TOKEN varchar(40),"
                            + " HOLDER_NODE varchar(255), HOLDER_DEPLOYMENT varchar(255), HOLDER_SINCE varchar(40),"
                            + " HOLDER_SESSION varchar(255), PAUSED integer generated always as (PAUSED()))"));
            assertTrue(HALF_MADE.await(10, TimeUnit.SECONDS));
            CompletableFuture<MigrationLock.Held> acquisition = CompletableFuture.supplyAsync(() -> acquire(user));
            CompletableFuture.anyOf(
                            acquisition,
                            CompletableFuture.runAsync(
                                    () -> {}, CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)))
                    .join();
            GO_ON.countDown();
            try (MigrationLock.Held held = acquisition.get()) {
                maker.exceptionally(failed -> null).join();
                assertEquals(Optional.empty(), other.tryAcquire());
                held.verify();
                assertEquals(List.of("1", "2"), database.query("select ID from CHANGELOG_LOCK order by ID"));
            }
            maker.get();
        }
    }

    private static MigrationLock.Held acquire(LockUser user) {
        try {
            return new LockWait("test", new TableName("CHANGELOG"), Duration.ofSeconds(10), Optional::empty)
                    .acquire(user.lock());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
