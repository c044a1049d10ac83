package io.github.deploymigrations.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The databases that tests run on, all of them real. Each is started once in a JVM, by the first test that asks, and
 * ends with it; each test gets an empty database.
 */
public enum TestServer {
    /** A server in this process, so that other processes can open the database, too. */
    H2 {
        @Override
        public TestDatabase fresh() {
            return of(
                    H2Server.url() + "mem:" + uniqueName() + ";DB_CLOSE_DELAY=-1",
                    "sa",
                    database -> database.execute("SHUTDOWN"));
        }
    },
    /** A file, served by the process that opened it first; what a committed transaction wrote outlives its death. */
    H2_FILE {
        @Override
        public TestDatabase fresh() {
            Path folder = folder();
            return of("jdbc:h2:file:" + folder + "/db;AUTO_SERVER=TRUE;WRITE_DELAY=0", "sa", it -> {
                it.execute("SHUTDOWN");
                delete(folder);
            });
        }
    },
    POSTGRESQL {
        @Override
        public TestDatabase fresh() {
            return ofServer(PostgresServer::url, "postgres", "drop database %s with (force)");
        }
    },
    /** PostgreSQL again, behind PgBouncer, which gives each transaction another session. */
    PGBOUNCER {
        @Override
        public TestDatabase fresh() {
            return PgBouncer.ofTransactions().to(POSTGRESQL.fresh());
        }
    },
    MARIADB {
        @Override
        public TestDatabase fresh() {
            return ofServer(MariaDbServer::url, "root", "drop database %s");
        }
    },
    /** A server in this process, so that other processes can open the database, too. */
    HSQLDB {
        @Override
        public TestDatabase fresh() {
            String name = uniqueName();
            // its server lets each connection wait for a tenth of a second (2.7)
            return of(
                    "jdbc:hsqldb:mem:" + name, HsqldbServer.url(name), "SA", database -> database.execute("SHUTDOWN"));
        }
    },
    /** A file that any number of processes open; one of them writes at a time. */
    SQLITE {
        @Override
        public TestDatabase fresh() {
            Path folder = folder();
            return of("jdbc:sqlite:" + folder.resolve("a.db"), "", database -> delete(folder));
        }
    },
    /** A file that one process opens at a time. */
    DERBY {
        @Override
        public TestDatabase fresh() {
            Path folder = folder();
            String url = "jdbc:derby:" + folder + "/db";
            // a new database otherwise syncs for seconds, and no test takes the power away
            System.setProperty("derby.system.durability", "test");
            return of(url + ";create=true", "sa", database -> {
                shutDownDerby(url);
                delete(folder);
            });
        }
    };

    /** An empty database, gone when it is closed. */
    public abstract TestDatabase fresh();

    /** Whether {@code -Dtest.server} asks for this one alone, or for none: a test that takes long runs on it. */
    public boolean isWanted() {
        return System.getProperty("test.server", name()).equals(name());
    }

    /** Whether several processes can have the database open at once. */
    public boolean isShared() {
        return this != DERBY;
    }

    /** Whether a script of DDL can be taken back as a whole. */
    public boolean hasTransactionalDdl() {
        return this == POSTGRESQL || this == PGBOUNCER || this == DERBY || this == SQLITE;
    }

    private static TestDatabase of(String url, String user, Consumer<TestDatabase> drop) {
        return of(url, url, user, drop);
    }

    /** @param urlElsewhere of the same database in other processes */
    private static TestDatabase of(String url, String urlElsewhere, String user, Consumer<TestDatabase> drop) {
        TestDatabase[] self = new TestDatabase[1];
        self[0] = new TestDatabase(new UrlDataSource(url, user, ""), urlElsewhere, () -> drop.accept(self[0]));
        return self[0];
    }

    private static TestDatabase ofServer(UnaryOperator<String> url, String user, String drop) {
        String name = uniqueName();
        TestDatabase server = of(url.apply(""), user, database -> {});
        server.execute("create database " + name);
        return of(url.apply(name), user, database -> server.execute(String.format(drop, name)));
    }

    private static String uniqueName() {
        return "t" + UUID.randomUUID().toString().replace("-", "");
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("migrations-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Derby says that it did so by an exception; XJ004 and 08006 are "not open" and "shut down". */
    private static void shutDownDerby(String url) {
        try {
            DriverManager.getConnection(url + ";shutdown=true").close();
        } catch (SQLException e) {
            if (!e.getSQLState().equals("08006") && !e.getSQLState().equals("XJ004")) {
                throw new AssertionError(e);
            }
        }
    }
}
