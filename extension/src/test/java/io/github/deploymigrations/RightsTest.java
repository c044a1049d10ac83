package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import io.github.deploymigrations.testing.UrlDataSource;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A user who may read, and nothing else; and one who may not even read everything. */
class RightsTest {
    private final String reader = "reader" + UUID.randomUUID().toString().substring(0, 8);
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder).table("1", "a");
    }

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource()).with("location", repository.location());
    }

    private Migrations asReader(TestDatabase database) {
        return Migrations.of(new UrlDataSource(database.url().replaceFirst(";.*", ""), reader, "secret"))
                .with("location", repository.location());
    }

    private void grant(TestServer server, TestDatabase database, String... tables) {
        database.execute(
                switch (server) {
                    case POSTGRESQL -> "create role " + reader + " login password 'secret'";
                    case MARIADB -> "create user " + user(server) + " identified by 'secret'";
                    default -> "create user " + reader + " password 'secret'";
                });
        if (server == TestServer.POSTGRESQL) {
            // what PostgreSQL 15 does by itself
            database.execute("revoke create on schema public from public");
        }
        for (String table : tables) {
            database.execute("grant select on " + table + " to " + user(server));
        }
    }

    /** Without the host, MariaDB's nameless user of this machine would come first. */
    private String user(TestServer server) {
        return server == TestServer.MARIADB ? reader + "@localhost" : reader;
    }

    private void drop(TestServer server, TestDatabase database) {
        if (server == TestServer.POSTGRESQL) {
            database.execute("drop owned by " + reader);
        }
        database.execute((server == TestServer.POSTGRESQL ? "drop role " : "drop user ") + user(server));
    }

    private static MigrationException failure(Migrations migrations) {
        return assertThrows(MigrationException.class, migrations::migrate);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void a_reader_validates_sees_the_status_and_deploys_what_is_up_to_date(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            grant(server, database, "CHANGELOG", "CHANGELOG_HISTORY");
            assertEquals(
                    MigrationStatus.UP_TO_DATE, asReader(database).validate().status());
            assertEquals(MigrationStatus.UP_TO_DATE, asReader(database).status().status());
            assertEquals(
                    MigrationStatus.UP_TO_DATE, asReader(database).migrate().status());
            repository.table("2", "b");
            assertEquals(MigrationStatus.PENDING, asReader(database).status().status());
            assertEquals(
                    "MIGR-404",
                    assertThrows(
                                    MigrationException.class,
                                    () -> asReader(database).validate())
                            .failure()
                            .explanation()
                            .code());
            drop(server, database);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void a_reader_is_told_which_right_he_lacks_and_nothing_is_left(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            grant(server, database, "CHANGELOG", "CHANGELOG_HISTORY");
            repository.table("2", "b");
            String before =
                    database.query("select count(*) from CHANGELOG_HISTORY").get(0);
            MigrationException thrown = failure(asReader(database));
            switch (server) {
                case POSTGRESQL, MARIADB ->
                    assertTold(
                            thrown,
                            "MIGR-340",
                            "MIGR-341 the DataSource's user: ",
                            "MIGR-342 the DataSource's user: ",
                            "may not add rows to CHANGELOG, CHANGELOG_HISTORY");
                default -> assertTold(thrown, "MIGR-525", "Not enough rights", "CHANGELOG_LOCK");
            }
            assertTrue(thrown.getMessage().contains("the right"), thrown.getMessage());
            assertEquals(List.of("1"), database.changelog());
            assertEquals(
                    before,
                    database.query("select count(*) from CHANGELOG_HISTORY").get(0));
            drop(server, database);
            assertEquals(List.of("1", "2"), ids(migrations(database).migrate(), database));
        }
    }

    private static List<String> ids(MigrationReport report, TestDatabase database) {
        assertEquals(MigrationStatus.UP_TO_DATE, report.status());
        return database.changelog();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void who_may_not_make_the_history_is_told_so(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            database.execute("drop table CHANGELOG_HISTORY");
            grant(server, database, server == TestServer.MARIADB ? "*" : "CHANGELOG");
            assertEquals(
                    MigrationStatus.UP_TO_DATE, asReader(database).migrate().status());
            repository.table("2", "b");
            assertTold(
                    failure(asReader(database)),
                    "MIGR-340",
                    "may not create tables in ",
                    "where the run has to make CHANGELOG_HISTORY",
                    "may not add rows to CHANGELOG.");
            assertEquals(List.of("1"), database.changelog());
            drop(server, database);
        }
    }

    @Test
    void so_is_who_has_a_role_that_may_not() {
        try (TestDatabase database = TestServer.MARIADB.fresh()) {
            migrations(database).migrate();
            database.execute("drop table CHANGELOG_HISTORY");
            grant(TestServer.MARIADB, database, "*");
            database.execute(
                    "create role " + reader + "_role", "grant " + reader + "_role to " + user(TestServer.MARIADB));
            repository.table("2", "b");
            assertTold(
                    failure(asReader(database)),
                    "MIGR-340",
                    "may not create tables in ",
                    "where the run has to make CHANGELOG_HISTORY",
                    "may not add rows to CHANGELOG.");
            assertEquals(List.of("1"), database.changelog());
            database.execute("drop role " + reader + "_role");
            drop(TestServer.MARIADB, database);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void what_only_the_statement_can_tell_is_told_of_the_script(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            grant(server, database, "CHANGELOG", "CHANGELOG_HISTORY", "a");
            for (String table : List.of("CHANGELOG", "CHANGELOG_HISTORY")) {
                database.execute("grant insert, update, delete on " + table + " to " + user(server));
            }
            repository.script("2_alter_a.sql", "alter table a add note varchar(10);\n");
            assertTold(
                    failure(asReader(database)),
                    "MIGR-516",
                    server == TestServer.MARIADB ? "ALTER command denied" : "must be owner of table a",
                    "Give him the right");
            assertEquals(List.of("1"), database.changelog());
            drop(server, database);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void who_may_not_read_the_history_or_the_changelog_is_told_so(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            grant(server, database, "CHANGELOG");
            assertTold(failure(asReader(database)), "MIGR-311", "CHANGELOG_HISTORY", "right to read");
            MigrationException status = assertThrows(
                    MigrationException.class, () -> asReader(database).status());
            assertTold(status, "MIGR-311", "CHANGELOG_HISTORY");
            // MariaDB lets nobody in who has no right at all
            database.execute(
                    "grant select on CHANGELOG_HISTORY to " + user(server),
                    "revoke select on CHANGELOG from " + user(server));
            assertTold(failure(asReader(database)), "MIGR-307", "CHANGELOG", "right to read");
            drop(server, database);
        }
    }

    private static void assertTold(MigrationException thrown, String code, String... parts) {
        assertEquals(code, thrown.failure().explanation().code(), thrown.getMessage());
        for (String part : parts) {
            assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
        }
    }
}
