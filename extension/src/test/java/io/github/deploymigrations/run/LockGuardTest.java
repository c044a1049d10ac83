package io.github.deploymigrations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.lock.MigrationLock;
import org.junit.jupiter.api.Test;

/** When a lock on a connection of its own is asked for. */
class LockGuardTest {
    private boolean each;
    private int asked;
    private final LockGuard guard = new LockGuard(new MigrationLock.Held() {
        @Override
        public void verify() {
            asked++;
        }

        @Override
        public boolean isAskedAtEachStatement() {
            return each;
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
    void a_lock_that_wants_it_is_asked_for_at_each_statement() throws Exception {
        each = true;
        for (int statement = 0; statement < 10; statement++) {
            guard.beforeCommit(false);
        }
        assertEquals(10, asked);
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
