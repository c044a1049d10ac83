package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.SharedConnection;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.xa.PGXADataSource;

/** Connections of XA DataSources, out of a transaction and in one that somebody else began. */
class XaTest {
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder).table("1", "a");
    }

    private record Branch(String name) implements Xid {
        @Override
        public byte[] getGlobalTransactionId() {
            return name.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public int getFormatId() {
            return 1;
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }

    private static XADataSource xa(TestServer server, TestDatabase database) throws SQLException {
        return switch (server) {
            case POSTGRESQL -> {
                PGXADataSource dataSource = new PGXADataSource();
                dataSource.setURL(database.url());
                dataSource.setUser(database.user());
                yield dataSource;
            }
            case MARIADB -> {
                MariaDbDataSource dataSource = new MariaDbDataSource(database.url());
                dataSource.setUser(database.user());
                yield dataSource;
            }
            default -> {
                JdbcDataSource dataSource = new JdbcDataSource();
                dataSource.setURL(database.url());
                dataSource.setUser(database.user());
                dataSource.setPassword("");
                yield dataSource;
            }
        };
    }

    private Migrations migrations(TestDatabase database, Connection connection) {
        return Migrations.of(new SharedConnection(connection, database.dataSource()))
                .with("location", repository.location());
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void an_XA_connection_out_of_a_transaction_migrates(TestServer server) throws SQLException {
        try (TestDatabase database = server.fresh()) {
            XAConnection xa = xa(server, database).getXAConnection();
            migrations(database, xa.getConnection()).migrate();
            migrations(database, xa.getConnection()).migrate();
            assertEquals(List.of("1"), database.changelog());
            xa.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void a_transaction_that_somebody_else_began_is_left_alone(TestServer server) throws SQLException, XAException {
        try (TestDatabase database = server.fresh()) {
            database.execute("create table mine (id int)");
            XAConnection xa = xa(server, database).getXAConnection();
            try {
                refusedIn(database, xa);
            } finally {
                xa.close();
            }
            assertEquals(
                    List.of(),
                    database.query("select table_name from information_schema.tables where lower(table_name) like"
                            + " 'changelog%' and table_schema not in ('information_schema')"));
        }
    }

    @Test
    void an_up_to_date_MariaDB_is_only_read_in_a_transaction_that_somebody_else_began()
            throws SQLException, XAException {
        inBranchOfMariaDb(
                (database, connection) -> migrations(database, connection).migrate());
    }

    @Test
    void a_run_that_is_refused_for_more_than_that_is_told_of_the_transaction_first() throws SQLException, XAException {
        inBranchOfMariaDb((database, connection) -> {
            repository
                    .script("1_create_a.sql", "create table other (id int);\n")
                    .script("2_b.sql", "create table b (id int);\n");
            MigrationException thrown = assertThrows(
                    MigrationException.class,
                    () -> migrations(database, connection).migrate());
            assertEquals("MIGR-317", thrown.failure().explanation().code(), thrown.getMessage());
        });
    }

    private interface Work {
        void on(TestDatabase database, Connection connection);
    }

    /** Somebody has begun to work there, and ends it as if nothing had happened; the database was migrated before. */
    private void inBranchOfMariaDb(Work work) throws SQLException, XAException {
        try (TestDatabase database = TestServer.MARIADB.fresh()) {
            database.execute("create table mine (id int)");
            XAConnection xa = xa(TestServer.MARIADB, database).getXAConnection();
            try (Connection connection = xa.getConnection()) {
                migrations(database, connection).migrate();
                Xid branch = new Branch(UUID.randomUUID().toString());
                xa.getXAResource().start(branch, XAResource.TMNOFLAGS);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("insert into mine values (1)");
                }
                work.on(database, connection);
                assertEquals(List.of(), database.query("select * from mine"), "not committed by us");
                xa.getXAResource().end(branch, XAResource.TMSUCCESS);
                xa.getXAResource().commit(branch, true);
                assertEquals(List.of("1"), database.query("select * from mine"), "nor rolled back");
            } finally {
                xa.close();
            }
        }
    }

    private void refusedIn(TestDatabase database, XAConnection xa) throws SQLException, XAException {
        Connection connection = xa.getConnection();
        Xid branch = new Branch(UUID.randomUUID().toString());
        xa.getXAResource().start(branch, XAResource.TMNOFLAGS);
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into mine values (1)");
        }
        MigrationException thrown = assertThrows(
                MigrationException.class, () -> migrations(database, connection).migrate());
        assertEquals("MIGR-317", thrown.failure().explanation().code(), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("outside of the transaction"), thrown.getMessage());
        assertEquals(List.of(), database.query("select * from mine"), "not committed by us");
        xa.getXAResource().end(branch, XAResource.TMSUCCESS);
        xa.getXAResource().commit(branch, true);
        assertEquals(List.of("1"), database.query("select * from mine"), "nor rolled back");
    }
}
