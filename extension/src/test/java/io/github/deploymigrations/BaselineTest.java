package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestLog;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that was there before its changelog. */
class BaselineTest {
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder).table("1", "a").table("2", "b").table("3", "c");
    }

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource()).with("location", repository.location());
    }

    private static TestDatabase existing(TestServer server) {
        TestDatabase database = server.fresh();
        database.execute("create table a (id int)", "create table b (id int)", "insert into b values (7)");
        return database;
    }

    private static List<String> codes(MigrationReport report) {
        return report.warnings().stream().map(Explanation::code).toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void scripts_up_to_the_baseline_count_as_applied_and_are_not_run(TestServer server) {
        try (TestDatabase database = existing(server)) {
            MigrationReport report = migrations(database).with("baseline", "2").migrate();
            assertEquals("[3]", report.appliedNow().keySet().toString());
            assertEquals(MigrationStatus.UP_TO_DATE, report.status());
            assertEquals(Map.of(RevisionState.BASELINE, 2, RevisionState.APPLIED, 1), report.counts());
            assertEquals(List.of(), codes(report));
            assertEquals(
                    List.of("1|create a", "2|create b", "3|create c"),
                    database.query("select ID, DESCRIPTION from CHANGELOG order by ID"));
            assertEquals(List.of("7"), database.query("select id from b"));
            assertEquals(
                    List.of("1|BASELINE", "2|BASELINE", "3|APPLY"),
                    database.query("select REVISION, KIND from CHANGELOG_HISTORY order by ATTEMPT"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void where_a_changelog_is_a_baseline_is_ignored_with_one_line(TestServer server) {
        try (TestDatabase database = existing(server);
                TestLog log = TestLog.open()) {
            migrations(database).with("baseline", "2").with("target", "2").migrate();
            assertEquals(List.of(), log.of("MIGR-444"));
            MigrationReport report = migrations(database).with("baseline", "3").migrate();
            assertEquals("[3]", report.appliedNow().keySet().toString());
            assertEquals(1, log.of("MIGR-444").size());
            assertTrue(
                    log.of("MIGR-444").get(0).startsWith("INFO"),
                    log.of("MIGR-444").toString());
            assertEquals(List.of(), codes(report));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void a_changelog_without_a_row_is_what_a_killed_run_leaves_and_counts_as_none(TestServer server) {
        try (TestDatabase database = existing(server)) {
            database.execute("create table CHANGELOG (ID numeric(20,0) not null primary key,"
                    + " APPLIED_AT varchar(25) not null, DESCRIPTION varchar(255) not null)");
            assertEquals(
                    2,
                    migrations(database)
                            .with("baseline", "2")
                            .migrate()
                            .in(RevisionState.BASELINE)
                            .size());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void validation_refuses_what_is_not_written_down_yet_and_writes_nothing(TestServer server) {
        try (TestDatabase database = existing(server)) {
            Migrations baseline = migrations(database).with("baseline", "2");
            MigrationFailure failure =
                    assertThrows(MigrationException.class, baseline::validate).failure();
            assertEquals(
                    List.of("MIGR-443", "MIGR-404"),
                    failure.problems().stream()
                            .map(problem -> problem.explanation().code())
                            .toList());
            assertEquals(Map.of(RevisionState.PENDING, 3), baseline.status().counts());
            baseline.migrate();
            baseline.validate();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void a_baseline_that_is_no_script_is_refused_before_anything_is_written(TestServer server) {
        try (TestDatabase database = existing(server)) {
            Migrations baseline = migrations(database).with("baseline", "20");
            assertEquals(
                    "MIGR-441",
                    assertThrows(MigrationException.class, baseline::migrate)
                            .failure()
                            .explanation()
                            .code());
            assertEquals(
                    3, migrations(database).status().in(RevisionState.PENDING).size());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void a_baseline_on_a_schema_without_any_table_is_followed_and_warned_of(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            MigrationReport report = migrations(database).with("baseline", "2").migrate();
            assertEquals(List.of("MIGR-445"), codes(report));
            assertEquals(2, report.in(RevisionState.BASELINE).size());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void a_script_of_the_baseline_that_is_edited_later_is_found_out(TestServer server) {
        try (TestDatabase database = existing(server)) {
            Migrations migrations = migrations(database).with("baseline", "2");
            migrations.migrate();
            repository.script("2_create_b.sql", "create table b (id bigint);\n");
            assertEquals(
                    "MIGR-407",
                    assertThrows(MigrationException.class, migrations::migrate)
                            .failure()
                            .explanation()
                            .code());
        }
    }
}
