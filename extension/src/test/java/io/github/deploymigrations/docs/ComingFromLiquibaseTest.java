package io.github.deploymigrations.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.Migrations;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application whose database the real Liquibase made moves as the page says. */
class ComingFromLiquibaseTest {
    private static final String HISTORY =
            "select ID, AUTHOR, FILENAME, MD5SUM, EXECTYPE from DATABASECHANGELOG order by ORDEREXECUTED";
    private static final String DOCUMENTED = "--url=jdbc:postgresql://localhost/empty --username=me --password=";

    @TempDir
    Path folder;

    private Conversion old;

    @BeforeEach
    void application() throws IOException {
        old = new Conversion(folder);
        old.write("changelog.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                        http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                  <changeSet id="create-orders" author="ann">
                    <createTable tableName="orders">
                      <column name="id" type="int" autoIncrement="true"><constraints primaryKey="true"/></column>
                      <column name="customer" type="varchar(50)"><constraints nullable="false"/></column>
                      <column name="paid" type="boolean" defaultValueBoolean="false"/>
                    </createTable>
                  </changeSet>
                  <changeSet id="2" author="bob" context="demo">
                    <insert tableName="orders"><column name="customer" value="demo"/></insert>
                    <rollback>delete from orders</rollback>
                  </changeSet>
                  <changeSet id="3" author="bob">
                    <preConditions onFail="MARK_RAN"><tableExists tableName="orders"/></preConditions>
                    <addColumn tableName="orders"><column name="note" type="varchar(100)"/></addColumn>
                    <createIndex tableName="orders" indexName="orders_customer"><column name="customer"/></createIndex>
                  </changeSet>
                  <include file="more.sql" relativeToChangelogFile="true"/>
                </databaseChangeLog>
                """);
        old.write("more.sql", """
                --liquibase formatted sql

                --changeset ann:customers runOnChange:true
                insert into orders (customer, note) values ('ann', 'a; b');
                create view customers as
                  select customer from orders;
                --rollback drop view customers;
                --rollback delete from orders where note = 'a; b';
                """);
        // the command line of Liquibase is a script, too, which starts its main class
        Path command = Files.writeString(folder.resolve("liquibase"), """
                #!/bin/sh
                exec "$JAVA" -XX:TieredStopAtLevel=1 -cp "$CLASSES" liquibase.integration.commandline.LiquibaseCommandLine "$@"
                """);
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    }

    private void liquibase(String line, TestDatabase database) throws IOException, InterruptedException {
        assertTrue(line.contains(DOCUMENTED), line);
        old.run("sh", "-c", "PATH=.:$PATH; " + line.replace(DOCUMENTED, access(database)));
    }

    private static String access(TestDatabase database) {
        return "--url='" + database.url() + "' --username=" + database.user() + " --password=";
    }

    private void update(TestDatabase database) throws IOException, InterruptedException {
        liquibase(
                "liquibase update --changelog-file=changelog.xml --context-filter=production " + DOCUMENTED, database);
    }

    private void convert(TestServer server) throws IOException, InterruptedException {
        Page page = Page.of("coming-from/liquibase.md");
        old.write("liquibase-to-mybatis.awk", page.files().get("liquibase-to-mybatis.awk"));
        assertEquals(4, page.commands().size(), page.commands()::toString);
        try (TestDatabase empty = server.fresh()) {
            for (String line : page.commands()) {
                if (line.startsWith("liquibase ")) {
                    liquibase(line, empty);
                } else {
                    old.run("sh", "-c", line);
                }
            }
            assertEquals(List.of(), Conversion.columns(empty));
        }
    }

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource()).with("location", "file:" + folder.resolve("migrations"));
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void what_liquibase_applied_counts_and_the_next_script_is_ours(TestServer server) throws Exception {
        try (TestDatabase database = server.fresh();
                TestDatabase fresh = server.fresh()) {
            update(database);
            List<String> history = database.query(HISTORY);
            List<String> before = Conversion.columns(database);
            convert(server);
            try (Stream<Path> scripts = Files.list(folder.resolve("migrations/scripts"))) {
                assertEquals(
                        List.of("001_create_orders_ann.sql", "002_3_bob.sql", "003_customers_ann.sql"),
                        scripts.map(script -> script.getFileName().toString())
                                .sorted()
                                .toList());
            }

            assertEquals(3, migrations(fresh).migrate().appliedNow().size());
            assertEquals(before, Conversion.columns(fresh), "a new database is the same by Liquibase and by us");
            assertEquals(List.of("ann|a; b"), fresh.query("select customer, note from orders"));
            migrations(fresh).undo(3);
            assertEquals(List.of(), Conversion.columns(fresh), "rollbacks have become undo parts");

            old.write("migrations/scripts/004_add_price.sql", "alter table orders add price int;\n");
            MigrationReport report = migrations(database).with("baseline", "3").migrate();
            assertEquals(MigrationStatus.UP_TO_DATE, report.status());
            assertEquals(List.of(), report.warnings());
            assertEquals(Map.of(RevisionState.BASELINE, 3, RevisionState.APPLIED, 1), report.counts());
            assertEquals(List.of("ann"), database.query("select customer from orders where price is null"));

            update(database);
            assertEquals(history, database.query(HISTORY), "the old release starts on it, too");
            assertEquals(3, history.size());
            database.execute("drop table DATABASECHANGELOG", "drop table DATABASECHANGELOGLOCK");
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(database).validate().status());
        }
    }
}
