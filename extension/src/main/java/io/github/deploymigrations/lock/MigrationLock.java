package io.github.deploymigrations.lock;

import io.github.deploymigrations.Progress;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What keeps two runs off one changelog. Bound to the connection that does the work; not thread-safe. That connection
 * is in auto-commit whenever a method of this type is called, except {@link Held#verify()} and {@link Held#close()}.
 */
public interface MigrationLock {

    /**
     * Takes the lock if it is free. Never waits for it, and leaves no transaction open if it is not.
     *
     * @return the lock, or empty if somebody else has it
     * @throws LockFailed if it cannot be taken by anybody: a pool of one connection, missing rights
     */
    Optional<Held> tryAcquire() throws SQLException, LockFailed;

    /**
     * Finds out what would keep anybody from taking the lock, as far as that can be known without writing.
     *
     * @throws LockFailed if something would
     */
    default void tryOut() throws SQLException, LockFailed {
        // most locks need nothing but the session that does the work
    }

    /** Who holds the lock now; empty if nobody does, or nobody is to be seen. Writes nothing. */
    Optional<LockHolder> holder() throws SQLException;

    /**
     * Whether the lock is still held, as part of a statement.
     *
     * @param sql an expression that is true if it is
     * @param arguments of it
     * @param lost what to throw if it is not
     */
    record Proof(String sql, List<Object> arguments, Supplier<LockLost> lost) {}

    /** The lock, taken. */
    interface Held extends AutoCloseable {
        /**
         * Asks the database whether this run still has the lock: one query. To be called before something is committed, as
         * near to it as can be, unless {@link #proof()} was true since anything ran.
         *
         * @throws LockLost if it does not, or nobody can tell
         */
        void verify() throws LockLost;

        /** The same question for a statement of the session that does the work to ask along; empty where it has to be alone. */
        default Optional<Proof> proof() {
            return Optional.empty();
        }

        /**
         * Whether the lock is of the session that does the work: if that ends, each further statement fails by itself, and
         * only a pooler in between can take the lock away unnoticed.
         */
        default boolean isOfTheWorkingSession() {
            return false;
        }

        /**
         * Whether a lock that is not of that session is asked for before each statement, so that none is sent without it. Else
         * before what commits or may, and in between once a second.
         */
        default boolean isAskedAtEachStatement() {
            return true;
        }

        /**
         * Tells those who wait how far the work is, where the lock can say so in the middle of a transaction. To be called
         * between statements, and not at each.
         */
        default void tell(Progress progress) throws SQLException {
            // most locks cannot
        }

        /**
         * Gives the lock back; a second call does nothing. On a connection that is still in a transaction, that is rolled
         * back. Where the lock cannot be given back, its connection is ended, and the lock with it.
         */
        @Override
        void close();
    }
}
