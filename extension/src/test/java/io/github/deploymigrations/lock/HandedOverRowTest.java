package io.github.deploymigrations.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.settings.LockMode;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.h2.api.Trigger;
import org.junit.jupiter.api.Test;

/** H2 (2.4.240) rolls a row back once more if the store is written meanwhile, over the change of who has the row by then. */
class HandedOverRowTest {
    private static final List<Callable<?>> BETWEEN = new ArrayList<>();

    /** Called for each row that was rolled back; H2 calls public classes only. */
    public static final class RolledBack implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) {
            while (!BETWEEN.isEmpty()) {
                try {
                    BETWEEN.remove(0).call();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @Test
    void who_takes_the_row_as_soon_as_it_is_free_keeps_it() throws Exception {
        try (TestDatabase database = TestServer.H2_FILE.fresh();
                LockUser first = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-1");
                LockUser second = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-2");
                LockUser third = new LockUser(database, LockMode.AUTO, "CHANGELOG", "node-3")) {
            database.execute("create table T (N int)");
            first.tryAcquire().orElseThrow().close();
            database.execute("create trigger R after update, rollback on CHANGELOG_LOCK for each row call '"
                    + RolledBack.class.getName() + "'");
            MigrationLock.Held held = first.tryAcquire().orElseThrow();
            List<MigrationLock.Held> next = new ArrayList<>();
            BETWEEN.add(() -> next.add(second.tryAcquire().orElseThrow()));
            BETWEEN.add(() -> {
                database.execute("insert into T values (1)");
                return null;
            });
            held.close();
            if (next.isEmpty()) {
                next.add(second.tryAcquire().orElseThrow());
            }
            assertEquals(Optional.empty(), third.tryAcquire());
            next.get(0).verify();
        }
    }
}
