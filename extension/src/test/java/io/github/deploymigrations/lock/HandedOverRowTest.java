package io.github.deploymigrations.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.settings.LockMode;
import io.github.deploymigrations.testing.ChildProcess;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.h2.api.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** H2 (2.4.240) rolls a row back once more if the store is written meanwhile, over the change of who has the row by then. */
class HandedOverRowTest {
    /** What is done to the locked row. */
    enum Change {
        UPDATE,
        ROLLBACK
    }

    /** What happens, once, when that was done, and before whoever did it goes on. */
    private static final Map<Change, Callable<?>> BETWEEN = new ConcurrentHashMap<>();

    private final TestDatabase database = TestServer.H2_FILE.fresh();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(database));

    /** Called for each change of a row; H2 calls public classes only, and for rollbacks alone none. */
    public static final class Changed implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) {
            boolean rollback = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getMethodName().equals("onRollback")));
            Callable<?> step = BETWEEN.remove(rollback ? Change.ROLLBACK : Change.UPDATE);
            try {
                if (step != null) {
                    step.call();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @BeforeEach
    void watch_the_row() throws Exception {
        database.execute("create table T (N int)");
        user("node-0").tryAcquire().orElseThrow().close();
        database.execute("create trigger C after update, rollback on CHANGELOG_LOCK for each row call '"
                + Changed.class.getName() + "'");
    }

    @AfterEach
    void drop() throws Exception {
        BETWEEN.clear();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private LockUser user(String node) throws Exception {
        LockUser user = new LockUser(database, LockMode.AUTO, "CHANGELOG", node);
        open.add(user);
        return user;
    }

    /** Someone who has the lock in a process that is served by this one. */
    private ChildProcess holder() {
        ChildProcess holder = ChildProcess.start(
                LockingProcess.class, database.url(), database.user(), database.password(), LockMode.AUTO.name());
        open.add(holder);
        holder.awaitLine("locked");
        return holder;
    }

    /** When the row has been freed by a rollback, twice if H2 still does so, with this in between. */
    private CompletableFuture<Void> rolledBackTwice(Callable<?> between) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        BETWEEN.put(Change.ROLLBACK, () -> {
            between.call();
            BETWEEN.put(Change.ROLLBACK, () -> done.complete(null));
            database.execute("insert into T values (1)");
            done.completeOnTimeout(null, 1, TimeUnit.SECONDS);
            return null;
        });
        return done;
    }

    private static Optional<MigrationLock.Held> tryAcquire(LockUser user) {
        try {
            return user.tryAcquire();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void who_takes_the_row_as_soon_as_it_is_given_back_keeps_it() throws Exception {
        MigrationLock.Held first = user("node-1").tryAcquire().orElseThrow();
        LockUser second = user("node-2");
        List<MigrationLock.Held> next = new ArrayList<>();
        CompletableFuture<Void> freed =
                rolledBackTwice(() -> next.add(second.tryAcquire().orElseThrow()));
        first.close();
        freed.get(10, TimeUnit.SECONDS);
        assertEquals(Optional.empty(), user("node-3").tryAcquire());
        next.get(0).verify();
    }

    @Test
    void who_takes_the_row_of_one_who_was_killed_keeps_it() throws Exception {
        ChildProcess holder = holder();
        LockUser second = user("node-2");
        List<MigrationLock.Held> next = new ArrayList<>();
        CompletableFuture<Void> freed =
                rolledBackTwice(() -> next.add(second.tryAcquire().orElseThrow()));
        holder.kill();
        freed.get(10, TimeUnit.SECONDS);
        LockUser third = user("node-3");
        assertEquals(Optional.of("node-2"), third.lock().holder().flatMap(LockHolder::node));
        assertEquals(Optional.empty(), third.tryAcquire());
        next.get(0).verify();
    }

    @Test
    void of_two_who_find_the_row_free_one_has_it() throws Exception {
        ChildProcess holder = holder();
        LockUser second = user("node-2");
        LockUser third = user("node-3");
        CompletableFuture<Void> updated = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        CompletableFuture<Optional<MigrationLock.Held>> late = new CompletableFuture<>();
        CompletableFuture<Void> freed = rolledBackTwice(() -> {
            BETWEEN.put(Change.UPDATE, () -> {
                updated.complete(null);
                return goOn.get(10, TimeUnit.SECONDS);
            });
            late.completeAsync(() -> tryAcquire(second));
            return updated.get(10, TimeUnit.SECONDS);
        });
        holder.kill();
        freed.get(10, TimeUnit.SECONDS);
        MigrationLock.Held held = third.tryAcquire().orElseThrow();
        goOn.complete(null);
        assertEquals(Optional.empty(), late.get(10, TimeUnit.SECONDS));
        held.verify();
    }
}
