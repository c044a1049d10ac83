package io.github.deploymigrations.it.app;

import io.github.deploymigrations.MigrationListener;
import io.github.deploymigrations.RevisionId;
import java.time.Duration;

/** Says in the log what it hears while it happens. */
public final class Crier implements MigrationListener {
    @Override
    public void afterRevision(String database, RevisionId revision, Duration took) {
        System.getLogger("crier").log(System.Logger.Level.INFO, "{0} has {1}", database, revision.toString());
    }
}
