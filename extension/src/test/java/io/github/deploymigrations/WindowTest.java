package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WindowTest {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm");

    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder).table("1", "a");
    }

    private static String hours(int from, int to) {
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        return MINUTES.format(now.plusHours(from)) + "-" + MINUTES.format(now.plusHours(to));
    }

    private Migrations within(TestDatabase database, String window) {
        return Migrations.of(database.dataSource())
                .with("location", repository.location())
                .with("window", window);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void outside_of_the_window_pending_scripts_are_a_failure_that_says_when_it_opens(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            Migrations closed = within(database, hours(3, 5));
            MigrationFailure failure =
                    assertThrows(MigrationException.class, closed::migrate).failure();
            assertEquals("MIGR-446", failure.explanation().code());
            assertTrue(
                    failure.explanation().what().matches(".* opens at \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:00Z\\."),
                    failure.describe());
            assertEquals(Map.of(RevisionState.PENDING, 1), closed.status().counts());
            assertThrows(AssertionError.class, database::changelog, "nothing was written");
            assertThrows(AssertionError.class, () -> database.query("select * from CHANGELOG_HISTORY"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void within_it_they_run_and_where_nothing_is_pending_it_does_not_matter(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            assertEquals(
                    1,
                    within(database, hours(3, 5) + "," + hours(-1, 1))
                            .migrate()
                            .appliedNow()
                            .size());
            Migrations closed = within(database, hours(3, 5));
            assertEquals(MigrationStatus.UP_TO_DATE, closed.migrate().status());
            closed.validate();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void validation_tells_of_pending_scripts_as_it_always_does(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            Migrations closed = within(database, hours(3, 5));
            assertEquals(
                    "MIGR-404",
                    assertThrows(MigrationException.class, closed::validate)
                            .failure()
                            .explanation()
                            .code());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void a_plan_tells_when_it_may_be_done(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            MigrationReport report = within(database, hours(3, 5)).plan();
            assertEquals(1, report.plan().orElseThrow().scripts().size());
            assertEquals(
                    "MIGR-446",
                    report.warnings().get(report.warnings().size() - 1).code());
            assertEquals(List.of(), within(database, hours(-1, 1)).plan().warnings());
        }
    }
}
