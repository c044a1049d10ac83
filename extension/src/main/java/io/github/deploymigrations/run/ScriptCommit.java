package io.github.deploymigrations.run;

import io.github.deploymigrations.settings.TransactionMode;
import java.sql.SQLException;

/**
 * When the working connection really commits. MyBatis commits a script, and after it the changelog's row; a process that
 * dies in between leaves a script applied and unrecorded. Here both wait for one commit at the end, which the history's row
 * is part of too: at the end of the script, or with {@link TransactionMode#DEPLOYMENT} of all of them. Not thread-safe.
 */
final class ScriptCommit {
    private final Session session;
    private final TransactionMode transaction;
    private boolean holding;
    private boolean pending;

    ScriptCommit(Session session, TransactionMode transaction) {
        this.session = session;
        this.transaction = transaction;
    }

    /** Whether all scripts are kept together, so that none is applied before the last. */
    boolean isOfDeployment() {
        return transaction == TransactionMode.DEPLOYMENT;
    }

    /** The operation begins. */
    void start() throws SQLException {
        if (isOfDeployment()) {
            holding = true;
            session.connection().setAutoCommit(false);
        }
    }

    /** A script begins. */
    void begin(ScriptMode mode) throws SQLException {
        holding = true;
        pending = false;
        session.connection().setAutoCommit(mode == ScriptMode.AUTO_COMMIT);
    }

    /** MyBatis wishes to commit. */
    void commit() throws SQLException {
        if (holding) {
            pending = true;
        } else {
            session.commit();
        }
    }

    /** MyBatis wishes to roll back, which it does after each commit as well. */
    void rollback() throws SQLException {
        if (!(holding && pending) && !session.connection().getAutoCommit()) {
            session.connection().rollback();
        }
    }

    /** MyBatis sets what its option says; while something is held back, that counts. */
    void setAutoCommit(boolean wanted) throws SQLException {
        if (!holding) {
            session.connection().setAutoCommit(wanted);
        }
    }

    /** The script, its changelog row and its history row are complete. */
    void end() throws SQLException {
        if (!isOfDeployment()) {
            session.leaveNothingSet();
            session.commit();
            holding = false;
        }
    }

    /** The operation is complete. */
    void finish() throws SQLException {
        if (holding) {
            session.leaveNothingSet();
            session.commit();
            holding = false;
        }
    }

    /** Something failed: what is not committed is taken back. */
    void abandon() throws SQLException {
        holding = false;
        if (!session.connection().getAutoCommit()) {
            session.connection().rollback();
        }
        session.goBack();
    }
}
