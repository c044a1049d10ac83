package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import io.github.deploymigrations.testing.WrappingPool;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pool may hide what the driver said behind an exception without an SQLState. */
class WrappedErrorsTest {
    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY"})
    void a_database_without_a_changelog_is_told_by_what_the_driver_said(TestServer server, @TempDir Path folder) {
        TestRepository repository = new TestRepository(folder).table("1", "a");
        try (TestDatabase database = server.fresh()) {
            Migrations migrations = Migrations.of(new WrappingPool(database)).with("location", repository.location());
            assertEquals(1, migrations.migrate().appliedNow().size());
            assertEquals(MigrationStatus.UP_TO_DATE, migrations.migrate().status());

            repository.script("2_b.sql", "INSERT INTO nowhere VALUES (1);");
            MigrationFailure failure =
                    assertThrows(MigrationException.class, migrations::migrate).failure();
            assertEquals("MIGR-501", failure.explanation().code());
            assertEquals(
                    Optional.of(true),
                    failure.database().map(error -> error.sqlState().isPresent()));
        }
    }
}
