package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationListener;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * All listeners of one database as one. They may throw anything: an error where the WAR lacks a library that one needs, or,
 * written in Kotlin, an exception that Java would have had it declare.
 */
final class Listeners {
    private final String database;
    private final List<MigrationListener> all;

    Listeners(String database, List<MigrationListener> all) {
        this.database = database;
        this.all = List.copyOf(all);
    }

    /** A listener did not want the run to go on. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String listener;

        Failed(String listener, Throwable cause) {
            super(cause);
            this.listener = listener;
        }

        /** The class of the listener. */
        String listener() {
            return listener;
        }
    }

    void beforeRun(List<RevisionId> revisions) {
        all(listener -> listener.beforeRun(database, revisions));
    }

    void beforeRevision(RevisionId revision) {
        all(listener -> listener.beforeRevision(database, revision));
    }

    void afterRevision(RevisionId revision, Duration took) {
        all(listener -> listener.afterRevision(database, revision, took));
    }

    void beforeUndo(RevisionId revision) {
        all(listener -> listener.beforeUndo(database, revision));
    }

    void afterUndo(RevisionId revision, Duration took) {
        all(listener -> listener.afterUndo(database, revision, took));
    }

    /** The outcome stands, whatever a listener makes of it. */
    void end(MigrationReport report) {
        for (MigrationListener listener : all) {
            try {
                if (report.failure().isPresent()) {
                    listener.onFailure(report);
                } else {
                    listener.afterRun(report);
                }
            } catch (Throwable e) {
                Log.trace(Message.LISTENER_FAILED, e);
                Log.log(Message.LISTENER_FAILED, listener.getClass().getName(), e);
            }
        }
    }

    private void all(Consumer<MigrationListener> call) {
        for (MigrationListener listener : all) {
            try {
                call.accept(listener);
            } catch (Throwable e) {
                throw new Failed(listener.getClass().getName(), e);
            }
        }
    }
}
