package io.github.deploymigrations.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.settings.LockMode;
import io.github.deploymigrations.settings.TableName;
import io.github.deploymigrations.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LockWaitTest {
    private final TestDatabase database = new TestDatabase();
    private LockUser holder;
    private LockUser waiter;
    private MigrationLock.Held held;

    @BeforeEach
    void lock() throws Exception {
        holder = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-1");
        waiter = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-2");
        held = holder.tryAcquire().orElseThrow();
    }

    @AfterEach
    void close() throws Exception {
        holder.close();
        waiter.close();
        database.close();
    }

    private static LockWait wait(Duration timeout) {
        return new LockWait("orders", TableName.DEFAULT, timeout, () -> Optional.of("[3/14] 7_create_orders.sql"));
    }

    @Test
    void the_wait_ends_after_its_time_and_says_who_has_the_lock_and_how_far_he_is() {
        long start = System.nanoTime();
        LockFailed failed = assertThrows(
                LockFailed.class, () -> wait(Duration.ofMillis(700)).acquire(waiter.lock()));
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis >= 700 && millis < 5000, millis + " ms");
        String text = failed.failure().describe();
        for (String part : List.of("MIGR-521", "CHANGELOG", "shop.war on node-1 since", "[3/14]", "What to do")) {
            assertTrue(text.contains(part), text);
        }
    }

    @Test
    void no_time_to_wait_asks_once() {
        assertThrows(LockFailed.class, () -> wait(Duration.ZERO).acquire(waiter.lock()));
    }

    @Test
    void the_wait_ends_when_the_lock_is_free() throws Exception {
        CompletableFuture<Void> waiting = waiting();
        Thread.sleep(300);
        held.close();
        waiting.get();
    }

    private CompletableFuture<Void> waiting() {
        return CompletableFuture.runAsync(() -> {
            try {
                wait(Duration.ofMinutes(1)).acquire(waiter.lock()).close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void the_wait_is_told() throws Exception {
        List<String> told = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                told.add(String.valueOf(entry.getParameters()[0]));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("io.github.deploymigrations");
        logger.addHandler(handler);
        try {
            CompletableFuture<Void> waiting = waiting();
            Thread.sleep(2500);
            held.close();
            waiting.get();
        } finally {
            logger.removeHandler(handler);
        }
        assertEquals(1, told.size(), told.toString());
        assertTrue(told.get(0).contains("MIGR-520 orders: waiting for shop.war on node-1"), told.get(0));
        assertTrue(told.get(0).endsWith("which works on CHANGELOG: [3/14] 7_create_orders.sql"), told.get(0));
    }

    @Test
    void whoever_is_interrupted_waits_no_longer() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                wait(Duration.ofMinutes(1)).acquire(waiter.lock());
            } catch (Exception e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        Thread.sleep(300);
        thread.interrupt();
        assertTrue(interrupted.get());
    }

    @Test
    void a_waiter_has_no_open_transaction_and_no_second_connection() throws Exception, ExecutionException {
        CompletableFuture<Void> waiting = waiting();
        Thread.sleep(300);
        List<String> others = database.query("select SESSION_ID from INFORMATION_SCHEMA.SESSIONS");
        assertEquals(4, others.size(), "the holder's two, the waiter's one, and this one");
        held.close();
        waiting.get();
    }
}
