package io.github.deploymigrations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.lock.MigrationLock;
import org.junit.jupiter.api.Test;

/** When a lock on a connection of its own is asked for: in front of each commit, and else once a second. */
class LockGuardTest {
    private int asked;
    private final LockGuard guard = new LockGuard(new MigrationLock.Held() {
        @Override
        public void verify() {
            asked++;
        }

        @Override
        public void close() {
            throw new AssertionError("given back by who took it");
        }
    });

    @Test
    void a_thousand_statements_that_can_be_taken_back_need_no_question_of_their_own() throws Exception {
        for (int statement = 0; statement < 1000; statement++) {
            guard.beforeCommit(false);
        }
        assertEquals(0, asked);
    }

    @Test
    void each_commit_has_a_question_of_its_own() throws Exception {
        for (int statement = 0; statement < 10; statement++) {
            guard.beforeCommit(true);
        }
        assertEquals(10, asked);
    }

    @Test
    void a_script_that_takes_long_is_not_left_alone() throws Exception {
        Thread.sleep(1100);
        guard.beforeCommit(false);
        guard.beforeCommit(false);
        assertEquals(1, asked);
    }
}
