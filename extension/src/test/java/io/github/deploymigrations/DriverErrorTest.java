package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.CutDataSource;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A driver that ends in an {@link Error}, of a class that is missing for example, is a failure like any other. */
class DriverErrorTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void the_script_and_the_statement_are_told_and_the_next_run_goes_on(TestServer server) {
        assertTold(server, new TestRepository(folder));
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void so_they_are_where_warnings_end_a_script(TestServer server) {
        assertTold(server, new TestRepository(folder).environment("production", "ignore_warnings=false\n"));
    }

    private static void assertTold(TestServer server, TestRepository repository) {
        repository.script("1_a.sql", """
                create table a (id int);
                insert into a values (1);
                insert into a values (2);
                """);
        CutDataSource counting;
        try (TestDatabase rehearsal = server.fresh()) {
            counting = new CutDataSource(rehearsal.dataSource(), 0, false);
            migrations(counting, repository).migrate();
        }
        int call = counting.callOf("insert into a values (2)");
        try (TestDatabase database = server.fresh()) {
            Migrations broken = migrations(
                    new CutDataSource(database.dataSource(), call, false, connection -> {
                        throw new NoClassDefFoundError("com/example/Geometry");
                    }),
                    repository);
            MigrationException thrown = assertThrows(MigrationException.class, broken::migrate);
            assertEquals("MIGR-501", thrown.failure().explanation().code(), thrown.getMessage());
            assertTrue(thrown.getMessage().contains("com/example/Geometry"), thrown.getMessage());
            assertEquals(Optional.of(3), thrown.failure().statement().map(FailedStatement::line), thrown.getMessage());
            migrations(database.dataSource(), repository).migrate();
            assertEquals(List.of("1", "2"), database.query("select id from a order by id"));
        }
    }

    private static Migrations migrations(DataSource dataSource, TestRepository repository) {
        return Migrations.of(dataSource).with("location", repository.location());
    }
}
