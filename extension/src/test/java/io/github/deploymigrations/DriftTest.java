package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.testing.Meanwhile;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestLog;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import io.github.deploymigrations.testing.WithoutMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody changes the schema by hand. */
class DriftTest {
    private static final Optional<List<String>> NONE = Optional.of(List.of());

    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder).table("1", "customer").script("2_orders.sql", """
                        -- // create orders
                        create table orders (id int primary key, customer_id int);
                        create index orders_customer on orders (customer_id);

                        -- //@UNDO
                        drop table orders;
                        """);
    }

    private Migrations migrations(DataSource dataSource) {
        return Migrations.of(dataSource).with("location", repository.location()).with("drift", "warn");
    }

    private Migrations migrations(TestDatabase database) {
        return migrations(database.dataSource());
    }

    private static String anInt(TestServer server) {
        return switch (server) {
            case MARIADB -> "int";
            case POSTGRESQL -> "int4";
            default -> "integer";
        };
    }

    private static List<String> codes(MigrationReport report) {
        return report.warnings().stream().map(Explanation::code).toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY"})
    void what_somebody_changed_by_hand_is_told_by_run_validation_plan_and_status(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            Migrations migrations = migrations(database);
            assertEquals(Optional.empty(), migrations.migrate().drift(), "nobody can tell before the first run");
            assertEquals(NONE, migrations.migrate().drift());
            database.execute(
                    "alter table orders add note int",
                    "drop table customer",
                    server == TestServer.MARIADB
                            ? "drop index orders_customer on orders"
                            : "drop index orders_customer");
            List<String> expected = List.of(
                    "- table customer",
                    "+ column orders.note " + anInt(server) + " null",
                    "- index orders.orders_customer (customer_id)");
            for (MigrationReport report :
                    List.of(migrations.migrate(), migrations.validate(), migrations.plan(), migrations.status())) {
                assertEquals(Optional.of(expected), report.drift(), report.mode());
                assertEquals(List.of("MIGR-450"), codes(report), report.mode());
            }
            assertTrue(
                    migrations.status().warnings().get(0).what().contains(String.join("; ", expected)),
                    migrations.status().warnings().toString());
            database.execute(
                    "alter table orders drop column note",
                    "create index orders_customer on orders (customer_id)",
                    "create table customer (id int primary key)");
            assertEquals(NONE, migrations.status().drift(), "taken back by hand");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY"})
    void a_run_that_applies_something_takes_the_schema_as_it_is_and_keeps_what_it_found(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            database.execute("alter table orders add note int");
            repository.table("3", "part");
            MigrationReport report = migrations(database).migrate();
            assertEquals(1, report.drift().orElseThrow().size(), "found before its scripts");
            assertEquals(List.of("MIGR-450"), codes(report));
            assertEquals(NONE, migrations(database).status().drift());
            assertEquals(
                    List.of("+ column orders.note " + anInt(server) + " null"),
                    database.query("select SCHEMA_TEXT from CHANGELOG_HISTORY where KIND='DRIFT'"));
            assertEquals(
                    List.of("3|+ table part"),
                    database.query("select REVISION, SCHEMA_TEXT from CHANGELOG_HISTORY where KIND='CHANGES'"
                            + " and REVISION > 2"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY"})
    void the_history_tells_what_each_script_changed(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            repository
                    .script("3_rows.sql", "insert into customer values (1);\n")
                    .script(
                            "4_note.sql",
                            "alter table orders add note int;\ncreate index orders_note on orders (note);\n");
            migrations(database).migrate();
            assertEquals(
                    List.of(
                            "1|+ table customer",
                            "2|+ table orders",
                            "4|+ column orders.note " + anInt(server) + " null\n+ index orders.orders_note (note)"),
                    database.query(
                            "select REVISION, SCHEMA_TEXT from CHANGELOG_HISTORY where KIND='CHANGES' order by ATTEMPT"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY"})
    void where_nothing_is_to_be_done_and_by_the_status_nothing_is_written(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            database.execute("alter table orders add note int");
            List<String> before = database.query("select ATTEMPT, KIND, OUTCOME, STARTED_AT from CHANGELOG_HISTORY");
            migrations(database).migrate();
            migrations(database).validate();
            migrations(database).plan();
            migrations(database).status();
            assertEquals(before, database.query("select ATTEMPT, KIND, OUTCOME, STARTED_AT from CHANGELOG_HISTORY"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
    void off_is_free(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            WithoutMetadata metadata = new WithoutMetadata(database.dataSource());
            Migrations off = migrations(metadata).with("drift", "ignore");
            assertEquals(Optional.empty(), off.migrate().drift());
            database.execute("alter table orders add note int");
            MigrationReport report = off.migrate();
            assertEquals(Optional.empty(), report.drift());
            assertEquals(List.of(), codes(report));
            assertEquals(Optional.empty(), off.status().drift());
            assertEquals(0, metadata.asked());
            assertEquals(
                    List.of("APPLY", "APPLY"), database.query("select KIND from CHANGELOG_HISTORY order by ATTEMPT"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
    void where_somebody_else_applied_revisions_nobody_can_tell_until_a_run_writes(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestLog log = TestLog.open()) {
            migrations(database).migrate();
            repository.table("3", "part");
            // as the command line would, or a node with drift=ignore
            database.execute(
                    "create table part (id int primary key)",
                    "insert into CHANGELOG values (3, '2026-01-05 09:00:00', 'part')");
            MigrationReport report = migrations(database).migrate();
            assertEquals(Optional.empty(), report.drift());
            assertEquals(List.of(), codes(report));
            assertEquals(1, log.of("MIGR-451").size(), "told why");
            assertEquals(Optional.empty(), migrations(database).status().drift());
            assertEquals(1, log.of("MIGR-451").size(), "and the status says nothing");
            repository.table("4", "shelf");
            migrations(database).migrate();
            assertEquals(NONE, migrations(database).status().drift());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY"})
    void what_a_failed_script_left_is_nobodys_hand(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            repository.script("3_broken.sql", "create table part (id int);\ninsert into nowhere values (1);\n");
            MigrationReport failed = assertThrows(MigrationException.class, migrations(database)::migrate)
                    .report();
            assertEquals(NONE, failed.drift(), "found before it");
            boolean takenBack = server.hasTransactionalDdl();
            assertEquals(
                    takenBack ? NONE : Optional.empty(),
                    migrations(database).status().drift());
            database.execute("alter table orders add note int");
            assertEquals(
                    takenBack ? 1 : 0,
                    migrations(database).status().drift().orElse(List.of()).size());
            repository.script("3_broken.sql", "create table part (id int);\ncreate table part2 (id int);\n");
            migrations(database).migrate();
            assertEquals(NONE, migrations(database).status().drift());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY"})
    void what_a_hook_left_in_front_of_a_failed_script_is_nobodys_hand(TestServer server) {
        repository
                .environment("production", "hook_before_up=SQL:before.sql\nhook_after_up=SQL:after.sql\n")
                .hook("before.sql", "drop table shown;\n")
                .hook("after.sql", "create table shown (id int);\n");
        try (TestDatabase database = server.fresh()) {
            database.execute("create table shown (id int)");
            migrations(database).migrate();
            assertEquals(NONE, migrations(database).status().drift());
            repository.script("3_broken.sql", "insert into nowhere values (1);\n");
            assertThrows(MigrationException.class, migrations(database)::migrate);
            assertEquals(Optional.empty(), migrations(database).status().drift());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY"})
    void nor_is_what_one_left_in_front_of_a_failed_undo(TestServer server) {
        repository
                .environment("production", "hook_before_down=SQL:before.sql\n")
                .hook("before.sql", "drop table shown;\n")
                .script("3_c.sql", "create table c (id int);\n-- //@UNDO\ninsert into nowhere values (1);\n");
        try (TestDatabase database = server.fresh()) {
            database.execute("create table shown (id int)");
            migrations(database).migrate();
            assertThrows(MigrationException.class, () -> migrations(database).undo(1));
            assertEquals(Optional.empty(), migrations(database).status().drift());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY"})
    void an_undo_is_nobodys_hand_either(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            migrations(database).undo(1);
            assertEquals(NONE, migrations(database).status().drift());
            migrations(database).migrate();
            assertEquals(NONE, migrations(database).migrate().drift());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
    void settling_records_the_schema_too(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            repository.script("2_orders.sql", "create table orders (id int primary key, customer_id bigint);\n");
            migrations(database).with("resolve", "2:accept").migrate();
            assertEquals(NONE, migrations(database).status().drift());
        }
    }

    @Test
    void all_scripts_in_one_transaction_are_recorded_when_it_is_over() {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            Migrations migrations = migrations(database).with("transaction", "deployment");
            migrations.migrate();
            assertEquals(NONE, migrations.migrate().drift());
            assertEquals(List.of("SCHEMA"), database.query("select KIND from CHANGELOG_HISTORY where ATTEMPT > 2"));
            repository.table("3", "part");
            migrations.migrate();
            assertEquals(
                    List.of("3|+ table part"),
                    database.query("select REVISION, SCHEMA_TEXT from CHANGELOG_HISTORY where KIND='CHANGES'"));
        }
    }

    @Test
    void where_the_scripts_are_many_the_schema_is_read_before_and_after_them_alone() {
        try (TestDatabase database = new TestDatabase()) {
            for (int id = 10; id < 85; id++) {
                repository.script(id + "_v.sql", "create view v" + id + " as select id from orders;\n");
            }
            migrations(database).migrate();
            assertEquals(
                    List.of("SCHEMA"),
                    database.query("select KIND from CHANGELOG_HISTORY where KIND in ('CHANGES', 'SCHEMA')"));
            assertEquals(NONE, migrations(database).status().drift());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
    void it_is_the_schema_of_the_settings_that_counts_wherever_a_script_goes(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase other = server.fresh()) {
            String there = "stock";
            if (server == TestServer.MARIADB) {
                there = other.query("select database()").get(0);
            } else {
                database.execute("create schema stock");
            }
            String use = switch (server) {
                case MARIADB -> "use " + there;
                case POSTGRESQL -> "set search_path to stock";
                default -> "set schema stock";
            };
            repository
                    .script("3_elsewhere.sql", use + ";\ncreate table part (id int);\n")
                    .table("4", "shelf");
            migrations(database).migrate();
            assertEquals(NONE, migrations(database).migrate().drift());
            assertEquals(
                    List.of("1", "2", "4"),
                    database.query("select REVISION from CHANGELOG_HISTORY where KIND='CHANGES' order by ATTEMPT"));
            database.execute("create table " + there + ".bin (id int)");
            assertEquals(NONE, migrations(database).migrate().drift());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Odd log\"", "stock.\"x_%\""})
    void our_own_tables_do_not_count_whatever_they_are_called(String changelog) {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            database.execute("create schema stock");
            Migrations migrations =
                    migrations(database).with("changelog", changelog).with("lock", "row");
            migrations.migrate();
            assertEquals(NONE, migrations.migrate().drift());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY"})
    void a_metadata_that_cannot_be_read_is_told_and_fails_no_run(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            migrations(new WithoutMetadata(database.dataSource())).migrate();
            repository.table("3", "part");
            MigrationReport report =
                    migrations(new WithoutMetadata(database.dataSource())).migrate();
            assertEquals(List.of("MIGR-570"), codes(report));
            assertEquals(MigrationStatus.UP_TO_DATE, report.status());
            assertEquals(List.of("1", "2", "3"), database.changelog());
        }
    }

    @Test
    void a_history_that_cannot_take_the_record_is_told_and_fails_no_run() {
        try (TestDatabase database = new TestDatabase()) {
            migrations(database).with("drift", "ignore").migrate();
            database.execute("alter table CHANGELOG_HISTORY drop column SCHEMA_TEXT");
            repository.table("3", "part");
            MigrationReport report = migrations(database).migrate();
            assertEquals(List.of("MIGR-572"), codes(report));
            assertEquals(MigrationStatus.UP_TO_DATE, report.status());
            assertEquals(List.of("1", "2", "3"), database.changelog());
            assertEquals(Optional.empty(), migrations(database).status().drift());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCHEMA_TEXT) values", "select SCHEMA_TEXT"})
    void a_driver_that_fails_in_its_own_way_of_a_record_fails_no_run(String statement) {
        try (TestDatabase database = new TestDatabase()) {
            migrations(database).migrate();
            repository.table("3", "part");
            MigrationReport report = migrations(new Meanwhile(database.dataSource(), statement, () -> {
                        throw new UnsupportedOperationException();
                    }))
                    .migrate();
            assertEquals(1, codes(report).size(), report.warnings().toString());
            assertEquals(MigrationStatus.UP_TO_DATE, report.status());
            assertEquals(List.of("1", "2", "3"), database.changelog());
        }
    }
}
