package io.github.deploymigrations.benchmark;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;

/** Where is measured. */
enum Place {
    /** In the measured JVM itself. */
    H2_MEMORY("H2, memory") {
        @Override
        TestDatabase fresh() {
            return new TestDatabase();
        }
    },
    /** A file that the measured JVM opens; what is committed is on the disk. */
    H2_FILE("H2, file") {
        @Override
        TestDatabase fresh() {
            return TestServer.H2_FILE.fresh();
        }
    },
    POSTGRESQL("PostgreSQL") {
        @Override
        TestDatabase fresh() {
            return TestServer.POSTGRESQL.fresh();
        }
    },
    MARIADB("MariaDB") {
        @Override
        TestDatabase fresh() {
            return TestServer.MARIADB.fresh();
        }
    };

    private final String title;

    Place(String title) {
        this.title = title;
    }

    abstract TestDatabase fresh();

    String title() {
        return title;
    }
}
