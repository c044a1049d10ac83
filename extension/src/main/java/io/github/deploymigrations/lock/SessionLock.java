package io.github.deploymigrations.lock;

import io.github.deploymigrations.Progress;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;

/** A lock of the session that does the work: it needs no second connection, and cannot outlive the work. */
abstract class SessionLock implements MigrationLock {
    private final TableName changelog;
    private final Connection working;

    SessionLock(TableName changelog, Connection working) {
        this.changelog = changelog;
        this.working = working;
    }

    /** Takes the lock, or says that somebody else has it. */
    abstract boolean take(Connection working, LockName name) throws SQLException, LockFailed;

    /** Whether this session has the lock. */
    abstract boolean isOurs(Connection working, LockName name) throws SQLException;

    /** An expression that is true if this session has the lock, and its arguments; empty where only a query can tell. */
    Optional<MigrationLock.Proof> proof(LockName name, Supplier<LockLost> lost) {
        return Optional.empty();
    }

    /** Tells others how far the work is, if it can. */
    void tell(Connection working, Progress progress) throws SQLException {
        // not all can
    }

    abstract void give(Connection working, LockName name) throws SQLException;

    abstract Optional<LockHolder> holder(Connection working, LockName name) throws SQLException;

    @Override
    public final Optional<LockHolder> holder() throws SQLException {
        return holder(working, name());
    }

    @Override
    public final Optional<Held> tryAcquire() throws SQLException, LockFailed {
        LockName name = name();
        Held held = new HeldBySession(name);
        try {
            if (!take(working, name)) {
                return Optional.empty();
            }
            // where another run made the table meanwhile, elsewhere on the search path, its lock is the one that counts
            if (!name().isSameAs(name)) {
                held.close();
                return Optional.empty();
            }
        } catch (SQLException e) {
            // it may be taken, and would stay with the session in its pool
            held.close();
            throw e;
        }
        Log.log(Message.LOCK_TAKEN, changelog, name.text());
        return Optional.of(held);
    }

    private LockName name() throws SQLException {
        return LockName.of(changelog, working);
    }

    private final class HeldBySession implements Held {
        private final LockName name;
        private final Optional<Proof> proof;
        private boolean released;

        HeldBySession(LockName name) {
            this.name = name;
            this.proof = SessionLock.this.proof(name, () -> LockLost.taken(changelog));
        }

        @Override
        public boolean isOfTheWorkingSession() {
            return true;
        }

        @Override
        public void tell(Progress progress) throws SQLException {
            SessionLock.this.tell(working, progress);
        }

        @Override
        public void verify() throws LockLost {
            boolean ours;
            try {
                ours = isOurs(working, name);
            } catch (SQLException e) {
                // PostgreSQL answers nothing in a transaction that has failed; the session is there, and so is the lock
                if ("25P02".equals(Errors.driver(e).getSQLState())) {
                    return;
                }
                throw LockLost.silent(changelog, e);
            }
            if (!ours) {
                throw LockLost.taken(changelog);
            }
        }

        @Override
        public Optional<Proof> proof() {
            return proof;
        }

        @Override
        public void close() {
            if (released) {
                return;
            }
            released = true;
            try {
                if (working.isClosed()) {
                    return;
                }
                if (!working.getAutoCommit()) {
                    working.rollback();
                    working.setAutoCommit(true);
                }
                give(working, name);
                Log.log(Message.LOCK_RELEASED, changelog);
            } catch (SQLException e) {
                Log.trace(Message.LOCK_RELEASED, e);
                end();
            }
        }

        /** A pool would keep the session, and the lock with it. */
        private void end() {
            try {
                working.abort(Runnable::run);
            } catch (SQLException e) {
                Log.trace(Message.LOCK_RELEASED, e);
            }
        }
    }
}
