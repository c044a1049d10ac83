package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.ibatis.migration.ConnectionProvider;
import org.apache.ibatis.migration.FileMigrationLoader;
import org.apache.ibatis.migration.MigrationLoader;
import org.apache.ibatis.migration.operations.StatusOperation;
import org.apache.ibatis.migration.operations.UpOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a changelog is called, MyBatis' own operations and we see one table. */
class ChangelogNameTest {
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder).script("1_create changelog.sql", """
                create table ${changelog} (
                ID NUMERIC(20,0) NOT NULL,
                APPLIED_AT VARCHAR(25) NOT NULL,
                DESCRIPTION VARCHAR(255) NOT NULL
                );
                """);
    }

    private Migrations ours(TestDatabase database, String changelog) {
        return Migrations.of(database.dataSource())
                .with("location", repository.location())
                .with("changelog", changelog);
    }

    private MigrationLoader scripts(String changelog) {
        Properties variables = new Properties();
        variables.setProperty("changelog", changelog);
        return new FileMigrationLoader(repository.folder().resolve("scripts").toFile(), "UTF-8", variables);
    }

    private static DatabaseOperationOption options(String changelog) {
        DatabaseOperationOption option = new DatabaseOperationOption();
        option.setChangelogTable(changelog);
        option.setThrowWarning(false);
        return option;
    }

    private long pendingToMyBatis(TestDatabase database, String changelog) {
        ConnectionProvider connections = database.dataSource()::getConnection;
        return new StatusOperation()
                .operate(connections, scripts(changelog), options(changelog), null).getCurrentStatus().stream()
                        .filter(change -> change.getAppliedTimestamp() == null)
                        .count();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            delimiter = ';',
            value = {
                "POSTGRESQL; \"order\"; order_HISTORY",
                "POSTGRESQL; my_schema.\"Change Log\"; Change Log_HISTORY",
                "POSTGRESQL; \"the.schema\".\"the.log\"; the.log_HISTORY",
                "POSTGRESQL; \"a \"\"quoted\"\" log\"; a \"quoted\" log_HISTORY",
                "POSTGRESQL; My_Schema.Log$1; log$1_history",
                "H2; \"order\"; order_HISTORY",
                "H2; my_schema.\"Change Log\"; Change Log_HISTORY",
                "H2; \"the.schema\".\"the.log\"; the.log_HISTORY",
                "H2; my_Schema.log; LOG_HISTORY",
                "MARIADB; `change-log`; change-log_HISTORY",
                "MARIADB; `order`; order_HISTORY",
                "MARIADB; `the.schema`.`The Log`; The Log_HISTORY",
                "MARIADB; my_schema.LOG; LOG_HISTORY",
            })
    void mybatis_sees_the_table_that_we_see(TestServer server, String changelog, String history) {
        boolean catalogs = server == TestServer.MARIADB;
        char quote = catalogs ? '`' : '"';
        List<String> schemas = List.of("my_schema", quote + "the.schema" + quote);
        try (TestDatabase database = server.fresh()) {
            schemas.forEach(schema -> database.execute("create schema " + schema));
            try {
                repository.table("2", "a");
                ours(database, changelog).migrate();
                assertEquals(0, pendingToMyBatis(database, changelog));
                repository.table("3", "b");
                assertEquals(1, pendingToMyBatis(database, changelog));
                ConnectionProvider connections = database.dataSource()::getConnection;
                new UpOperation().operate(connections, scripts(changelog), options(changelog), null);
                repository.table("4", "c");
                MigrationReport report = ours(database, changelog).migrate();
                assertEquals("[4]", report.appliedNow().keySet().toString());
                assertEquals(4, report.in(RevisionState.APPLIED).size());
                assertEquals(0, pendingToMyBatis(database, changelog));
                assertTrue(
                        database.query("select table_name from information_schema.tables").stream()
                                .anyMatch(history::equals),
                        history);
            } finally {
                if (catalogs) {
                    schemas.forEach(schema -> database.execute("drop schema " + schema));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            delimiter = ';',
            value = {
                "POSTGRESQL; \"order\"",
                "POSTGRESQL; \"The.Schema\"",
                "H2; \"order\"",
                "H2; \"The.Schema\"",
                "MARIADB; `big-order`",
                "MARIADB; `the.other schema`"
            })
    void the_schema_may_have_any_name(TestServer server, String schema) {
        try (TestDatabase database = server.fresh()) {
            database.execute("create schema " + schema);
            try {
                ours(database, "CHANGELOG").with("schema", schema).migrate();
                assertEquals(0, pendingToMyBatis(database, schema + ".CHANGELOG"));
                assertEquals(List.of("1"), database.query("select REVISION from " + schema + ".CHANGELOG_HISTORY"));
            } finally {
                if (server == TestServer.MARIADB) {
                    database.execute("drop schema " + schema);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"POSTGRESQL,63", "MARIADB,64"})
    void a_name_without_room_for_the_suffix_is_refused_before_anything_runs(TestServer server, int longest) {
        try (TestDatabase database = server.fresh()) {
            for (int length : List.of(longest - 7, longest - 5, longest)) {
                MigrationException thrown = assertThrows(
                        MigrationException.class,
                        () -> ours(database, "c".repeat(length)).migrate());
                assertEquals("MIGR-312", thrown.failure().explanation().code(), thrown.getMessage());
                assertEquals(List.of(), tables(database), "of " + length);
            }
            String fits = "c".repeat(longest - 8);
            ours(database, fits).migrate();
            assertEquals(
                    List.of(fits, fits + "_history"),
                    tables(database).stream()
                            .map(name -> name.toLowerCase(Locale.ROOT))
                            .filter(name -> !name.endsWith("_lock"))
                            .toList());
            ours(database, fits).migrate();
        }
    }

    @Test
    void PostgreSQL_counts_bytes() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            String name = "\"" + "ü".repeat(28) + "\"";
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> ours(database, name).migrate());
            assertTrue(thrown.getMessage().contains("64 bytes"), thrown.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void a_reserved_name_without_quotes_is_refused_before_anything_runs(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> ours(database, "order").migrate());
            assertEquals("MIGR-307", thrown.failure().explanation().code(), thrown.getMessage());
            assertEquals(List.of(), tables(database));
        }
    }

    private static List<String> tables(TestDatabase database) {
        return database.query("select table_name from information_schema.tables where lower(table_name) like 'c%'"
                + " and table_schema not in ('information_schema', 'pg_catalog', 'INFORMATION_SCHEMA', 'mysql',"
                + " 'performance_schema', 'sys') order by 1");
    }
}
