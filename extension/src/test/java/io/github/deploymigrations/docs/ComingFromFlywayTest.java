package io.github.deploymigrations.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.MigrationException;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.Migrations;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.testing.QuietLoggers;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application whose database the real Flyway made moves as the page says. */
class ComingFromFlywayTest {
    private static final String HISTORY = "select \"version\", \"script\", \"checksum\", \"success\""
            + " from \"flyway_schema_history\" order by \"installed_rank\"";

    @TempDir
    Path folder;

    private Conversion old;
    private Path repository;

    @BeforeAll
    static void quiet() {
        QuietLoggers.of("org.flywaydb");
    }

    @BeforeEach
    void application() throws IOException {
        old = new Conversion(folder.resolve("db"));
        repository = folder.resolve("migrations");
        old.write(
                "V1__create_orders.sql",
                "create table orders (id int primary key, customer varchar(50), owner varchar(20) default '${owner}');\n");
        old.write("V1.2__add_note.sql", "alter table orders add note varchar(100);");
        old.write("U1.2__add_note.sql", "alter table orders drop column note;\n");
        old.write(
                "V2__create_product.sql",
                "create table product (\n  id int primary key\n);\n\ninsert into product values (1);\n");
        old.write("R__customers.sql", "create or replace view customers as select customer from orders;\n");
        old.write("R__totals.sql", "create or replace view totals as select count(*) as orders from orders;\n");
    }

    private Flyway flyway(TestDatabase database) {
        return Flyway.configure()
                .dataSource(database.dataSource())
                .locations("filesystem:" + old.folder())
                .placeholders(Map.of("owner", "shop"))
                .load();
    }

    private void convert() throws IOException, InterruptedException {
        Map<String, String> shown = Page.of("coming-from/flyway.md").files();
        old.write("flyway-to-mybatis.sh", shown.get("flyway-to-mybatis.sh"));
        old.run("sh", "flyway-to-mybatis.sh", "../migrations");
        String environment = "migrations/environments/production.properties";
        new Conversion(folder).write(environment, shown.get(environment));
    }

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource()).with("location", "file:" + repository);
    }

    @Test
    void names_become_ids_in_their_order_and_undo_scripts_become_undo_parts() throws Exception {
        convert();
        Conversion converted = new Conversion(repository);
        assertEquals(
                "alter table orders add note varchar(100);\n-- //@UNDO\nalter table orders drop column note;\n",
                converted.read("scripts/1002_add_note.sql"));
        assertTrue(converted.read("scripts/1000_create_orders.sql").startsWith("create table orders"));
        assertFalse(converted.read("scripts/2000_create_product.sql").contains("UNDO"));
        assertEquals(2, converted.read("hooks/repeatable.sql").lines().count());
    }

    @Test
    void the_last_line_of_a_repeatable_script_stays_a_line_of_its_own() throws Exception {
        old.write("R__customers.sql", "create view customers as select customer from orders; -- all of them");
        convert();
        assertEquals(
                2,
                new Conversion(repository).read("hooks/repeatable.sql").lines().count());
    }

    @Test
    void versions_without_dots_stay_as_they_are(@TempDir Path other) throws Exception {
        Conversion dates = new Conversion(other);
        dates.write("V20260101090000__a.sql", "select 1;\n");
        dates.write("V20260102090000__b_c.sql", "select 1;\n");
        dates.write(
                "flyway-to-mybatis.sh", Page.of("coming-from/flyway.md").files().get("flyway-to-mybatis.sh"));
        dates.run("sh", "flyway-to-mybatis.sh", "to");
        assertEquals("select 1;\n", dates.read("to/scripts/20260101090000_a.sql"));
        assertEquals("select 1;\n", dates.read("to/scripts/20260102090000_b_c.sql"));
    }

    @Test
    void versions_with_long_parts_keep_their_order(@TempDir Path other) throws Exception {
        Conversion times = new Conversion(other);
        times.write("V2026.01.15.1230__a.sql", "select 1;\n");
        times.write("V2026.01.16__b.sql", "select 1;\n");
        times.write(
                "flyway-to-mybatis.sh", Page.of("coming-from/flyway.md").files().get("flyway-to-mybatis.sh"));
        times.run("sh", "flyway-to-mybatis.sh", "to");
        try (Stream<Path> scripts = Files.list(other.resolve("to/scripts"))) {
            assertEquals(
                    List.of("a", "b"),
                    scripts.map(script -> script.getFileName().toString().split("[_.]"))
                            .sorted(Comparator.comparing(words -> new BigInteger(words[0])))
                            .map(words -> words[1])
                            .toList());
        }
    }

    @Test
    void files_that_nobody_converted_are_told() throws IOException {
        new Conversion(repository).write("scripts/V1__create_orders.sql", old.read("V1__create_orders.sql"));
        try (TestDatabase database = TestServer.H2.fresh()) {
            String message = assertThrows(MigrationException.class, migrations(database)::migrate)
                    .getMessage();
            assertTrue(message.contains("MIGR-202") && message.contains("docs/coming-from/flyway.md"), message);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void what_flyway_applied_counts_and_the_next_script_is_ours(TestServer server) throws Exception {
        try (TestDatabase database = server.fresh()) {
            assertEquals(5, flyway(database).migrate().migrationsExecuted);
            database.execute("insert into orders (id, customer) values (1, 'ann')");
            List<String> history = database.query(HISTORY);
            convert();
            new Conversion(repository).write("scripts/3000_add_price.sql", "alter table product add price int;\n");

            MigrationReport report =
                    migrations(database).with("baseline", "2000").migrate();
            assertEquals(MigrationStatus.UP_TO_DATE, report.status());
            assertEquals(List.of(), report.warnings());
            assertEquals("[3000]", report.appliedNow().keySet().toString());
            assertEquals(Map.of(RevisionState.BASELINE, 3, RevisionState.APPLIED, 1), report.counts());
            assertEquals(List.of("1"), database.query("select orders from totals"));
            assertEquals(List.of("ann|shop"), database.query("select customer, owner from orders"));
            assertEquals(List.of("1"), database.query("select id from product where price is null"));

            assertEquals(history, database.query(HISTORY));
            assertEquals(0, flyway(database).migrate().migrationsExecuted, "the old release starts on it, too");
            database.execute("drop table \"flyway_schema_history\"");
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(database).validate().status());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void a_new_database_is_the_same_by_flyway_and_by_us(TestServer server) throws Exception {
        try (TestDatabase theirs = server.fresh();
                TestDatabase ours = server.fresh()) {
            flyway(theirs).migrate();
            convert();
            migrations(ours).migrate();
            assertEquals(Conversion.columns(theirs), Conversion.columns(ours));
            assertEquals(7, Conversion.columns(ours).size());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void an_undo_script_of_flyway_takes_its_version_back(TestServer server) throws Exception {
        try (TestDatabase database = server.fresh()) {
            flyway(database).migrate();
            convert();
            migrations(database).with("baseline", "1002").with("target", "1002").migrate();
            migrations(database).undo(1);
            assertEquals(List.of("1000"), database.changelog());
            assertFalse(Conversion.columns(database).toString().contains("orders|note"));
        }
    }
}
