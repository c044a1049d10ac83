package io.github.deploymigrations.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.MigrationException;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.Migrations;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application whose database the real command line of MyBatis made drops the jar in, as the page says. */
class ComingFromMigrateTest {
    private static final String TABLES = "select lower(table_name) from information_schema.tables"
            + " where lower(table_schema) = 'public' order by 1";

    @TempDir
    Path folder;

    private Conversion project;

    private void migrate(String line) throws IOException, InterruptedException {
        project.run("sh", "-c", "PATH=.:$PATH; " + line);
    }

    private void application(TestDatabase database) throws IOException, InterruptedException {
        project = new Conversion(folder);
        Path command = Files.writeString(folder.resolve("migrate"), """
                #!/bin/sh
                exec "$JAVA" -XX:TieredStopAtLevel=1 -cp "$CLASSES" org.apache.ibatis.migration.Migrator "$@"
                """);
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        migrate("migrate --path=src/main/resources/migrations init");
        String driver = database.url().startsWith("jdbc:h2") ? "org.h2.Driver" : "org.postgresql.Driver";
        String environment = "src/main/resources/migrations/environments/development.properties";
        project.write(
                environment,
                project.read(environment)
                        .replace("driver=", "driver=" + driver)
                        .replace("url=", "url=" + database.url())
                        .replace("username=", "username=" + database.user()));
        migrate("migrate --path=src/main/resources/migrations new 'create orders'");
        project.write(written("_create_orders.sql"), """
                -- // create orders
                create table orders (id int);
                -- //@UNDO
                drop table orders;
                """);
        migrate("migrate --path=src/main/resources/migrations up");
    }

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource())
                .with("location", "file:" + folder.resolve("src/main/resources/migrations"));
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void nothing_is_to_be_done_but_to_name_the_environment(TestServer server) throws Exception {
        try (TestDatabase database = server.fresh()) {
            application(database);
            MigrationException refused = assertThrows(MigrationException.class, migrations(database)::migrate);
            assertTrue(refused.getMessage().contains("MIGR-211"), refused::getMessage);
            Migrations development = migrations(database).with("environment", "development");
            MigrationReport report = development.migrate();
            assertEquals(MigrationStatus.UP_TO_DATE, report.status());
            assertEquals(List.of(), report.warnings());
            assertEquals(3, report.revisions().size());
            assertEquals(List.of("changelog", "orders"), database.query(TABLES), "nothing was written");

            List<String> typed = Page.of("coming-from/migrate.md").commands();
            assertEquals(3, typed.size(), typed::toString);
            migrate(typed.get(0));
            project.write(written("_add_price.sql"), """
                    -- // add price
                    alter table orders add price int;
                    -- //@UNDO
                    alter table orders drop column price;
                    """);
            assertEquals(1, development.migrate().appliedNow().size());
            assertEquals(List.of(), database.query("select price from orders"));

            migrate(typed.get(1));
            migrate(typed.get(2));
            assertEquals(3, database.changelog().size());
            assertEquals(1, development.migrate().appliedNow().size(), "the command line undid the newest");
            database.execute("drop table CHANGELOG_HISTORY");
            assertEquals(MigrationStatus.UP_TO_DATE, development.validate().status());
        }
    }

    private String written(String end) throws IOException {
        try (Stream<Path> scripts = Files.list(folder.resolve("src/main/resources/migrations/scripts"))) {
            Path script = scripts.filter(file -> file.toString().endsWith(end))
                    .findFirst()
                    .orElseThrow();
            return folder.relativize(script).toString();
        }
    }
}
