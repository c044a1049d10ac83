package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.testing.Meanwhile;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import io.github.deploymigrations.testing.UrlDataSource;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What looks like an obstacle and is none: the run ends well, and nobody is told of anything. */
class FalseAlarmTest {
    private final String user = "app" + UUID.randomUUID().toString().substring(0, 8);
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder).table("1", "a");
    }

    private Migrations of(DataSource dataSource) {
        return Migrations.of(dataSource).with("location", repository.location());
    }

    private void assertEndsWell(DataSource dataSource) {
        MigrationReport report = of(dataSource).migrate();
        assertEquals(MigrationStatus.UP_TO_DATE, report.status());
        assertEquals(List.of(), report.warnings());
    }

    private static String name(TestDatabase database) {
        return database.url().replaceFirst(".*/", "").replaceFirst("\\?.*", "");
    }

    @Test
    void a_driver_of_PostgreSQL_that_makes_nothing_of_its_read_only_flag() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            assertEndsWell(
                    new UrlDataSource(database.url() + "?readOnly=true&readOnlyMode=ignore", database.user(), ""));
        }
    }

    @Test
    void a_user_of_PostgreSQL_whose_first_script_makes_him_a_schema_of_his_own() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            database.execute(
                    "create role " + user + " login password 'secret'",
                    "grant create on database " + name(database) + " to " + user,
                    "revoke create on schema public from public",
                    "create schema migrations authorization " + user);
            repository.environment("production", "changelog=migrations.CHANGELOG\n");
            DataSource dataSource = new UrlDataSource(database.url(), user, "secret");
            repository.delete("1_create_a.sql").script("1_z.sql", "create table migrations.z (id int);\n");
            assertEndsWell(dataSource);
            repository.script("2_own.sql", "create schema " + user + ";\ncreate table b (id int);\n");
            assertEndsWell(dataSource);
            database.execute("drop owned by " + user, "drop role " + user);
        }
    }

    @Test
    void a_user_of_MariaDB_whose_database_is_granted_to_him_from_another_host() {
        try (TestDatabase database = TestServer.MARIADB.fresh()) {
            database.execute(
                    "create user " + user + "@localhost identified by 'secret'",
                    "create user " + user + "@'%' identified by 'secret'",
                    "grant all on " + name(database) + ".* to " + user + "@'%'");
            try {
                assertEndsWell(new UrlDataSource(database.url(), user, "secret"));
            } finally {
                database.execute("drop user " + user + "@localhost", "drop user " + user + "@'%'");
            }
        }
    }

    @Test
    void a_user_of_MariaDB_who_may_write_although_it_is_read_only() {
        try (TestDatabase database = TestServer.MARIADB.fresh()) {
            database.execute(
                    "create user " + user + "@localhost identified by 'secret'",
                    "grant all on " + name(database) + ".* to " + user + "@localhost",
                    "grant read_only admin on *.* to " + user + "@localhost",
                    "set global read_only = 1");
            try {
                assertEndsWell(new UrlDataSource(database.url(), user, "secret"));
            } finally {
                database.execute("set global read_only = 0", "drop user " + user + "@localhost");
            }
        }
    }

    @Test
    void a_user_of_MariaDB_who_quotes_as_the_standard_does() {
        try (TestDatabase database = TestServer.MARIADB.fresh()) {
            database.execute(
                    "create user " + user + "@localhost identified by 'secret'",
                    "grant all on " + name(database) + ".* to " + user + "@localhost");
            try {
                assertEndsWell(
                        new UrlDataSource(database.url() + "&sessionVariables=sql_mode=ANSI_QUOTES", user, "secret"));
            } finally {
                database.execute("drop user " + user + "@localhost");
            }
        }
    }

    @Test
    void a_user_who_may_not_where_another_has_done_it_by_the_time_that_this_is_known() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            database.execute(
                    "create role " + user + " login password 'secret'",
                    "revoke create on schema public from public",
                    "alter default privileges grant select on tables to " + user);
            DataSource reader = new UrlDataSource(database.url(), user, "secret");
            assertEndsWell(new Meanwhile(
                    reader,
                    "has_schema_privilege",
                    () -> of(database.dataSource()).migrate()));
            assertEquals(List.of("1"), database.changelog());
            database.execute("drop owned by " + user, "drop role " + user);
        }
    }

    @Test
    void a_driver_that_cannot_be_asked_and_says_so_in_its_own_way() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            assertEndsWell(new Meanwhile(database.dataSource(), "has_schema_privilege", () -> {
                throw new UnsupportedOperationException();
            }));
        }
    }
}
