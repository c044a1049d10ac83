package io.github.deploymigrations.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.settings.LockMode;
import io.github.deploymigrations.settings.TableName;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only PostgreSQL has. */
class NumberLockTest {
    private final TestDatabase database = TestServer.POSTGRESQL.fresh();

    @AfterEach
    void drop() {
        database.close();
    }

    /** A waiter inside the database would have a snapshot that the index waits for, and both would wait for ever. */
    @ParameterizedTest
    @EnumSource(names = {"AUTO", "ROW"})
    void an_index_is_created_concurrently_while_others_wait(LockMode mode) throws Exception {
        database.execute("create table T as select g as ID from generate_series(1, 20000) g");
        ExecutorService threads = Executors.newFixedThreadPool(5);
        List<Future<Void>> waiters = new ArrayList<>();
        try (LockUser holder = new LockUser(database, mode, "CHANGELOG", "node-0")) {
            MigrationLock.Held held = holder.tryAcquire().orElseThrow();
            for (int i = 1; i <= 5; i++) {
                String node = "node-" + i;
                waiters.add(threads.submit(() -> {
                    try (LockUser waiter = new LockUser(database, mode, "CHANGELOG", node)) {
                        new LockWait(node, TableName.DEFAULT, Duration.ofMinutes(1), Optional::empty)
                                .acquire(waiter.lock())
                                .close();
                    }
                    return null;
                }));
            }
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                for (int i = 0; i < 10; i++) {
                    held.verify();
                    holder.execute("create index concurrently I" + i + " on T (ID)");
                }
            });
            held.close();
        } finally {
            threads.shutdown();
        }
        for (Future<Void> waiter : waiters) {
            waiter.get();
        }
    }

    @Test
    void the_session_says_who_it_is_as_long_as_it_has_the_lock() throws Exception {
        try (LockUser user = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-1")) {
            user.execute("set application_name to 'pool'");
            MigrationLock.Held held = user.tryAcquire().orElseThrow();
            String query = "select application_name from pg_stat_activity where application_name like ";
            assertEquals(List.of("migrations: shop.war@node-1"), database.query(query + "'migrations%'"));
            held.close();
            assertEquals(List.of("pool"), database.query(query + "'pool'"));
            assertEquals(List.of("0"), database.query("select count(*) from pg_locks where locktype = 'advisory'"));
        }
    }

    @Test
    void long_and_foreign_names_are_cut_and_the_node_is_kept() throws Exception {
        try (LockUser user = new LockUser(database, LockMode.AUTO, "CHANGELOG", "knöt-" + "n".repeat(40))) {
            assertTrue(user.tryAcquire().isPresent());
            LockHolder holder = user.lock().holder().orElseThrow();
            assertEquals(Optional.of("kn?t-" + "n".repeat(40)), holder.node());
            assertEquals(Optional.of("shop."), holder.deployment());
        }
    }

    @Test
    void a_script_that_frees_all_locks_loses_ours_too() throws Exception {
        try (LockUser user = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-1")) {
            MigrationLock.Held held = user.tryAcquire().orElseThrow();
            user.execute("select pg_advisory_unlock_all()");
            assertThrows(LockLost.class, held::verify);
        }
    }

    @Test
    void it_stays_while_it_is_looked_at_and_goes_whole() throws Exception {
        String locks = "select count(*) from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock'";
        try (LockUser user = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-1");
                LockUser other = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-2")) {
            MigrationLock.Held held = user.tryAcquire().orElseThrow();
            for (int look = 0; look < 10; look++) {
                held.verify();
                assertTrue(other.tryAcquire().isEmpty());
            }
            held.close();
            assertEquals(List.of("0"), database.query(locks));
            assertTrue(other.tryAcquire().isPresent());
            assertThrows(LockLost.class, held::verify);
        }
    }

    @Test
    void a_changelog_further_down_the_search_path_has_one_lock() throws Exception {
        database.execute("create table CHANGELOG (ID int)", "create schema FIRST");
        try (LockUser here = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-1");
                LockUser there = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-2")) {
            there.execute("set search_path to first, public");
            assertTrue(here.tryAcquire().isPresent());
            assertTrue(there.tryAcquire().isEmpty());
            there.execute("create table FIRST.CHANGELOG (ID int)");
            assertTrue(there.tryAcquire().isPresent());
        }
    }
}
