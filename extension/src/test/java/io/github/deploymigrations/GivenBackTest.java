package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deploymigrations.testing.SharedConnection;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection of a pool goes back as it came, whatever the scripts did to it, and whether they failed or not. */
class GivenBackTest {
    @TempDir
    private Path folder;

    private TestRepository repository;

    @BeforeEach
    void repository() {
        repository = new TestRepository(folder);
    }

    private Migrations migrations(TestDatabase database, Connection pooled) {
        return Migrations.of(new SharedConnection(pooled, database.dataSource()))
                .with("location", repository.location());
    }

    private static String setting(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void set(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2", "DERBY", "HSQLDB"})
    void auto_commit_isolation_schema_and_catalog_are_those_of_before(TestServer server) throws SQLException {
        String isolation = switch (server) {
            case MARIADB -> "set session transaction isolation level serializable";
            case DERBY -> "set isolation serializable";
            default -> "set session characteristics as transaction isolation level serializable";
        };
        String elsewhere = switch (server) {
            case POSTGRESQL -> "set search_path to elsewhere";
            case MARIADB -> "use mysql";
            default -> "set schema elsewhere";
        };
        String schema = server == TestServer.MARIADB ? "" : "create schema elsewhere;\n";
        repository
                .script("1_a.sql", "create table a (id int);\n")
                .script("2_b.sql", "insert into a values (1);\n" + isolation + ";\n")
                .script("3_c.sql", schema + elsewhere + ";\n");
        try (TestDatabase database = server.fresh();
                Connection pooled = database.dataSource().getConnection()) {
            pooled.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            pooled.setAutoCommit(false);
            String catalog = pooled.getCatalog();
            String home = pooled.getSchema();
            pooled.rollback();
            migrations(database, pooled).migrate();
            assertFalse(pooled.getAutoCommit());
            assertEquals(Connection.TRANSACTION_READ_COMMITTED, pooled.getTransactionIsolation());
            assertEquals(catalog, pooled.getCatalog());
            assertEquals(home, pooled.getSchema());
            assertFalse(pooled.isReadOnly());
            repository.script("4_d.sql", isolation + ";\n" + elsewhere + ";\ninsert into nowhere values (1);\n");
            pooled.rollback();
            assertThrows(
                    MigrationException.class, () -> migrations(database, pooled).migrate());
            assertFalse(pooled.getAutoCommit());
            assertEquals(Connection.TRANSACTION_READ_COMMITTED, pooled.getTransactionIsolation());
            assertEquals(catalog, pooled.getCatalog());
            assertEquals(home, pooled.getSchema());
            pooled.rollback();
        }
    }

    /** Derby (10.16) knows none. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2", "HSQLDB"})
    void so_is_the_time_that_it_waits_for_the_network(TestServer server) throws SQLException {
        repository.script("1_a.sql", "create table a (id int);\n");
        try (TestDatabase database = server.fresh();
                Connection pooled = database.dataSource().getConnection()) {
            int before = pooled.getNetworkTimeout();
            migrations(database, pooled).with("timeout", "1m").migrate();
            assertEquals(before, pooled.getNetworkTimeout());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void so_is_the_schema_of_the_connection_of_the_lock(TestServer server) throws SQLException {
        repository.script("1_a.sql", "create table a (id int);\n");
        try (TestDatabase database = server.fresh();
                Connection pooled = database.dataSource().getConnection();
                Connection ofLock = database.dataSource().getConnection()) {
            String schema = server == TestServer.MARIADB ? "mysql" : "elsewhere";
            if (server != TestServer.MARIADB) {
                database.execute("create schema elsewhere");
            }
            String catalog = ofLock.getCatalog();
            String home = ofLock.getSchema();
            Migrations migrations = Migrations.of(
                            new SharedConnection(pooled, new SharedConnection(ofLock, database.dataSource())))
                    .with("location", repository.location())
                    .with("lock", "row");
            try {
                migrations.with("schema", schema).migrate();
            } finally {
                if (server == TestServer.MARIADB) {
                    database.execute(
                            "drop table if exists mysql.a, mysql.CHANGELOG, mysql.CHANGELOG_HISTORY, mysql.CHANGELOG_LOCK");
                }
            }
            assertEquals(catalog, ofLock.getCatalog());
            assertEquals(home, ofLock.getSchema());
        }
    }

    @Test
    void on_mariadb_what_a_dump_sets_is_that_of_before() throws SQLException {
        repository.script("1_dump.sql", """
                set foreign_key_checks = 0;
                set unique_checks = off, sql_notes = 0, sql_safe_updates = 1;
                set sql_mode = '';
                set time_zone = '+03:00';
                set default_storage_engine = MyISAM;
                create table a (id int) engine=InnoDB;
                """);
        String all = "select concat_ws(' ', @@foreign_key_checks, @@unique_checks, @@sql_notes, @@sql_safe_updates,"
                + " @@sql_mode, @@time_zone, @@default_storage_engine)";
        try (TestDatabase database = TestServer.MARIADB.fresh();
                Connection pooled = database.dataSource().getConnection()) {
            set(pooled, "set time_zone = '+01:00'");
            String before = setting(pooled, all);

            migrations(database, pooled).migrate();

            assertEquals(before, setting(pooled, all));
        }
    }

    @Test
    void on_PostgreSQL_the_whole_path_role_and_what_a_dump_sets_are_those_of_before() throws SQLException {
        repository
                .script("1_dump.sql", """
                SET statement_timeout = 0;
                SET client_min_messages = warning;
                SELECT pg_catalog.set_config('search_path', '', false);
                CREATE TABLE public.a (id int);
                """)
                .script("2_extra.sql", "create table b as select from_ext();\n")
                .script("3_last.sql", """
                set search_path to ext;
                set role postgres;
                set session characteristics as transaction isolation level repeatable read, read only;
                """);
        try (TestDatabase database = TestServer.POSTGRESQL.fresh();
                Connection pooled = database.dataSource().getConnection()) {
            database.execute(
                    "create schema ext", "create function ext.from_ext() returns int language sql as 'select 1'");
            set(pooled, "set search_path to \"$user\", public, ext");
            set(pooled, "set statement_timeout = '70s'");
            for (int run = 0; run < 2; run++) {
                migrations(database, pooled).migrate();
                assertEquals("\"$user\", public, ext", setting(pooled, "show search_path"));
                assertEquals("70s", setting(pooled, "show statement_timeout"));
                assertEquals("read committed", setting(pooled, "show default_transaction_isolation"));
                assertEquals("off", setting(pooled, "show transaction_read_only"));
                assertEquals("none", setting(pooled, "show role"));
            }
            assertEquals(List.of("1", "2", "3"), database.changelog());
        }
    }

    @Test
    void so_is_the_query_timeout_of_h2_which_a_backup_limits() throws SQLException {
        repository.script("1_a.sql", "create table a (id int);\n");
        try (TestDatabase database = TestServer.H2.fresh();
                Connection pooled = database.dataSource().getConnection()) {
            database.execute("create table before_it (id int)");
            migrations(database, pooled)
                    .with("backup", "auto")
                    .with("backup-directory", folder.toString())
                    .migrate();
            try (Statement statement = pooled.createStatement()) {
                assertEquals(0, statement.getQueryTimeout());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2", "DERBY", "HSQLDB"})
    void so_is_auto_commit_where_there_is_no_such_schema(TestServer server) throws SQLException {
        repository.script("1_a.sql", "create table a (id int);\n");
        try (TestDatabase database = server.fresh();
                Connection pooled = database.dataSource().getConnection()) {
            pooled.setAutoCommit(false);
            MigrationException failure = assertThrows(
                    MigrationException.class,
                    () -> migrations(database, pooled).with("schema", "nowhere").migrate());
            assertEquals("MIGR-306", failure.failure().explanation().code());
            assertFalse(pooled.getAutoCommit());
            pooled.rollback();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2", "MARIADB"})
    void a_row_is_locked_by_a_connection_that_comes_without_auto_commit_and_serializable(TestServer server)
            throws SQLException {
        repository.script("1_a.sql", "create table a (id int);\n");
        try (TestDatabase database = server.fresh();
                Connection pooled = database.dataSource().getConnection();
                Connection ofLock = database.dataSource().getConnection()) {
            String schema = server == TestServer.MARIADB ? pooled.getCatalog() : pooled.getSchema();
            for (Connection connection : List.of(pooled, ofLock)) {
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                connection.setAutoCommit(false);
            }
            Migrations.of(new SharedConnection(pooled, new SharedConnection(ofLock, database.dataSource())))
                    .with("location", repository.location())
                    .with("schema", schema)
                    .with("lock", "row")
                    .migrate();
            assertEquals(List.of("1"), database.changelog());
            for (Connection connection : List.of(pooled, ofLock)) {
                assertEquals(Connection.TRANSACTION_SERIALIZABLE, connection.getTransactionIsolation());
                assertFalse(connection.getAutoCommit());
                connection.rollback();
            }
        }
    }

    @Test
    void so_is_the_query_timeout_of_the_connection_of_h2_that_had_the_lock() throws SQLException {
        repository.script("1_a.sql", "create table a (id int);\n");
        try (TestDatabase database = TestServer.H2.fresh();
                Connection pooled = database.dataSource().getConnection();
                Connection ofLock = database.dataSource().getConnection()) {
            Migrations.of(new SharedConnection(pooled, new SharedConnection(ofLock, database.dataSource())))
                    .with("location", repository.location())
                    .migrate();
            assertEquals(List.of("1"), database.changelog());
            for (Connection connection : List.of(pooled, ofLock)) {
                try (Statement statement = connection.createStatement()) {
                    assertEquals(0, statement.getQueryTimeout());
                }
            }
        }
    }

    @Test
    void no_transaction_stays_open_on_the_connection_of_the_lock_that_comes_without_auto_commit() throws SQLException {
        repository.script("1_a.sql", "create table a (id int);\n");
        try (TestDatabase database = TestServer.POSTGRESQL.fresh();
                Connection pooled = database.dataSource().getConnection();
                Connection ofLock = database.dataSource().getConnection()) {
            String process = setting(ofLock, "select pg_backend_pid()");
            set(ofLock, "set search_path to public");
            ofLock.setAutoCommit(false);
            Migrations.of(new SharedConnection(pooled, new SharedConnection(ofLock, database.dataSource())))
                    .with("location", repository.location())
                    .with("schema", "public")
                    .with("lock", "row")
                    .migrate();
            assertEquals(List.of("idle"), database.query("select state from pg_stat_activity where pid = " + process));
        }
    }
}
