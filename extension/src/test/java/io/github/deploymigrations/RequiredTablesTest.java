package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequiredTablesTest {
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder).table("1", "orders");
    }

    private Migrations requiring(TestDatabase database, String tables) {
        return Migrations.of(database.dataSource())
                .with("location", repository.location())
                .with("required-tables", tables);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void a_run_fails_and_names_each_table_that_is_missing_behind_it(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            Migrations migrations = requiring(database, "orders, customer , nowhere.\"Odd name\"");
            MigrationFailure failure =
                    assertThrows(MigrationException.class, migrations::migrate).failure();
            assertEquals("MIGR-440", failure.explanation().code());
            assertTrue(
                    failure.explanation().what().contains("2 table(s)")
                            && failure.explanation().what().contains("customer, nowhere.\"Odd name\""),
                    failure.describe());
            assertEquals("[1]", failure.applied().toString(), "the scripts stay applied");
            assertEquals(List.of("1"), database.changelog());
            repository.table("2", "customer");
            requiring(database, "orders,customer").migrate();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void a_table_that_went_is_missed_by_run_and_validation_although_nothing_is_to_be_done(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            Migrations migrations = requiring(database, "orders");
            migrations.migrate();
            migrations.validate();
            assertEquals(List.of(), migrations.status().warnings());
            database.execute("drop table orders");
            for (Runnable run : List.<Runnable>of(migrations::migrate, migrations::validate)) {
                MigrationFailure failure =
                        assertThrows(MigrationException.class, run::run).failure();
                assertEquals("MIGR-440", failure.explanation().code());
                assertEquals(List.of(), failure.applied());
            }
            assertEquals(
                    List.of("MIGR-440"),
                    migrations.status().warnings().stream()
                            .map(Explanation::code)
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void names_are_those_of_sql_quoted_where_case_counts(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.execute(
                    "create schema stock", "create table stock.part (id int)", "create table \"MiXed _%\" (id int)");
            requiring(database, "Orders, STOCK.Part, \"MiXed _%\"").migrate();
            for (String missing : List.of("part", "\"mixed _%\"", "\"Orders\"", "\"MiXed __\"")) {
                Migrations migrations = requiring(database, missing);
                assertThrows(MigrationException.class, migrations::migrate, missing);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void a_failure_before_that_is_told_as_what_it_is(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            repository.script("2_broken.sql", "insert into nowhere values (1);\n");
            Migrations migrations = requiring(database, "nowhere");
            assertEquals(
                    "MIGR-501",
                    assertThrows(MigrationException.class, migrations::migrate)
                            .failure()
                            .explanation()
                            .code());
        }
    }
}
