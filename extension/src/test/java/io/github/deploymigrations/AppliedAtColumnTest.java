package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The changelog is whatever table its first script has made, and its times are whatever somebody wrote there. */
class AppliedAtColumnTest {
    private static Migrations migrations(TestDatabase database, TestRepository repository) {
        return Migrations.of(database.dataSource()).with("location", repository.location());
    }

    private static void changelog(TestDatabase database, String type, String appliedAt) {
        database.execute(
                "create table a (id int)",
                "create table CHANGELOG (ID numeric(20,0) not null, APPLIED_AT " + type
                        + " not null, DESCRIPTION varchar(255) not null)",
                "insert into CHANGELOG values (1, '" + appliedAt + "', 'create a')");
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void a_time_that_is_filled_up_with_blanks_is_the_one_that_was_written(TestServer server, @TempDir Path folder) {
        TestRepository repository = new TestRepository(folder).table("1", "a").table("2", "b");
        try (TestDatabase database = server.fresh()) {
            changelog(database, "char(25)", "2020-01-01 00:00:00");
            MigrationReport report = migrations(database, repository).migrate();
            assertTrue(report.revisions().get(1).appliedAtExact());
            repository.script("2_create_b.sql", "create table b (id bigint);\n");
            assertEquals(
                    Map.of(RevisionState.APPLIED, 1, RevisionState.CHANGED, 1),
                    migrations(database, repository).status().counts());
            repository.delete("2_create_b.sql");
            assertEquals(
                    1,
                    migrations(database, repository).undo(1).undoneNow().size(),
                    "by the text that the history keeps");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void a_time_that_is_longer_than_those_of_the_command_line_stops_no_deployment(
            TestServer server, @TempDir Path folder) {
        TestRepository repository = new TestRepository(folder).table("1", "a").table("2", "b");
        try (TestDatabase database = server.fresh()) {
            changelog(database, "varchar(60)", "2020-01-01 00:00:00.123456789 Europe/Berlin");
            assertEquals(
                    1, migrations(database, repository).migrate().appliedNow().size());
            repository.script("1_create_a.sql", "create table a (id bigint);\n");
            assertEquals(
                    1,
                    migrations(database, repository)
                            .status()
                            .in(RevisionState.CHANGED)
                            .size());
        }
    }

    /** Earlier releases kept the time in their history as they read it. */
    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void a_history_that_has_the_blanks_still_knows_what_was_applied(TestServer server, @TempDir Path folder) {
        TestRepository repository = new TestRepository(folder).table("1", "a").table("2", "b");
        try (TestDatabase database = server.fresh()) {
            changelog(database, "char(25)", "2020-01-01 00:00:00");
            migrations(database, repository).migrate();
            database.execute("update CHANGELOG_HISTORY set CHANGELOG_AT='2020-01-01 00:00:00      ' where REVISION=1");
            repository.script("1_create_a.sql", "create table a (id bigint);\n");
            assertEquals(
                    1,
                    migrations(database, repository)
                            .status()
                            .in(RevisionState.CHANGED)
                            .size());
        }
    }
}
