package io.github.deploymigrations.run;

import java.sql.SQLException;

/**
 * When the working connection really commits. MyBatis commits a script, and after it the changelog's row; a process that
 * dies in between leaves a script applied and unrecorded. Here both wait for one commit at the end, which the history's row
 * is part of too. Not thread-safe.
 */
final class ScriptCommit {
    private final Session session;
    private boolean inScript;
    private boolean pending;

    ScriptCommit(Session session) {
        this.session = session;
    }

    /** A script begins. */
    void begin(ScriptMode mode) throws SQLException {
        inScript = true;
        pending = false;
        session.connection().setAutoCommit(mode == ScriptMode.AUTO_COMMIT);
    }

    /** MyBatis wishes to commit. */
    void commit() throws SQLException {
        if (inScript) {
            pending = true;
        } else {
            session.commit();
        }
    }

    /** MyBatis wishes to roll back, which it does after each commit as well. */
    void rollback() throws SQLException {
        if (!(inScript && pending) && !session.connection().getAutoCommit()) {
            session.connection().rollback();
        }
    }

    /** MyBatis sets what its option says; within a script, the script's own way counts. */
    void setAutoCommit(boolean wanted) throws SQLException {
        if (!inScript) {
            session.connection().setAutoCommit(wanted);
        }
    }

    /** The script, its changelog row and its history row are complete. */
    void end() throws SQLException {
        session.commit();
        inScript = false;
    }

    /** The script failed: what is not committed is taken back. */
    void abandon() throws SQLException {
        inScript = false;
        if (!session.connection().getAutoCommit()) {
            session.connection().rollback();
        }
        session.goBack();
    }
}
