package io.github.deploymigrations.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.MigrationException;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.Migrations;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the page on views and procedures shows, run. */
class RepeatableTest {
    private static final String ROWS = "insert into orders values (1, 'ann', 5), (2, 'ann', 7), (3, 'bob', 30)";
    private static final String PLACES = "select customer, place from customer_ranks order by place";

    private final Map<String, String> shown = Page.of("repeatable.md").files();
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder);
    }

    private RepeatableTest show(String... files) {
        for (String file : files) {
            assertTrue(shown.containsKey("migrations/" + file), shown.keySet()::toString);
            repository.file(file, shown.get("migrations/" + file));
        }
        return this;
    }

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource()).with("location", repository.location());
    }

    private Migrations withHooks(TestDatabase database) {
        show("scripts/1_create_orders.sql", "environments/production.properties", "hooks/drop-views.sql");
        show("hooks/views.sql");
        return migrations(database);
    }

    private void brokenViews() {
        repository.hook("views.sql", shown.get("migrations/hooks/views.sql").replace("from orders", "from order_s"));
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void a_new_script_replaces_a_view_and_its_undo_part_brings_the_old_one_back(TestServer server) {
        show("scripts/1_create_orders.sql", "scripts/2_create_customer_totals.sql");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            database.execute(ROWS);
            show("scripts/3_count_in_customer_totals.sql");
            migrations(database).migrate();
            assertEquals(
                    List.of("ann|2|12", "bob|1|30"),
                    database.query("select customer, orders, total from customer_totals order by customer"));
            migrations(database).undo(1);
            assertEquals(
                    List.of("ann|12", "bob|30"), database.query("select * from customer_totals order by customer"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    void a_routine_has_a_delimiter_of_its_own(TestServer server) {
        show("scripts/1_create_orders.sql", "scripts/4_create_total_of.sql");
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            database.execute(ROWS);
            assertEquals(List.of("12"), database.query("select total_of('ann')"));
            migrations(database).undo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void the_hook_makes_the_views_anew_each_time_that_a_script_is_applied_and_only_then(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            withHooks(database).migrate();
            database.execute(ROWS);
            assertEquals(List.of("bob|1", "ann|2"), database.query(PLACES));

            repository.hook("views.sql", shown.get("migrations/hooks/views.sql").replace(" desc", ""));
            assertEquals(Map.of(), migrations(database).migrate().appliedNow());
            assertEquals(List.of("bob|1", "ann|2"), database.query(PLACES));
            show("scripts/5_rank_customers_anew.sql");
            assertEquals(1, migrations(database).migrate().appliedNow().size());
            assertEquals(List.of("ann|1", "bob|2"), database.query(PLACES));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void a_script_may_change_a_column_that_a_view_uses(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            withHooks(database).migrate();
            database.execute(ROWS);
            String type = server == TestServer.POSTGRESQL ? "type bigint" : "bigint";
            repository.script("6_big.sql", "alter table orders alter column amount " + type + ";\n");
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(database).migrate().status());
            assertEquals(List.of("bob|1", "ann|2"), database.query(PLACES));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    void in_one_transaction_a_failing_hook_takes_everything_back_and_the_next_deployment_does_it(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            Migrations deployment = withHooks(database).with("transaction", "deployment");
            deployment.migrate();
            database.execute(ROWS);
            repository.table("6", "other");
            brokenViews();
            assertEquals("MIGR-503", code(deployment));
            assertEquals(List.of("bob|1", "ann|2"), database.query(PLACES));
            assertEquals(List.of("1"), database.changelog());
            show("hooks/views.sql");
            assertEquals(1, deployment.migrate().appliedNow().size());
            assertEquals(List.of("bob|1", "ann|2"), database.query(PLACES));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void elsewhere_a_view_that_is_missing_blocks_until_a_script_brings_the_mended_hook(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            Migrations guarded = withHooks(database).with("required-tables", "customer_totals, customer_ranks");
            guarded.migrate();
            repository.table("6", "other");
            brokenViews();
            MigrationException thrown = assertThrows(MigrationException.class, guarded::migrate);
            assertTrue(thrown.getMessage().contains("runs again with the next script"), thrown::getMessage);
            assertEquals(List.of("1", "6"), database.changelog());
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(database).migrate().status(), "nobody would notice");
            assertEquals("MIGR-440", code(guarded));
            show("hooks/views.sql");
            repository.script("7_views.sql", shown.get("migrations/scripts/5_rank_customers_anew.sql"));
            MigrationReport report = guarded.migrate();
            assertEquals(MigrationStatus.UP_TO_DATE, report.status());
            assertEquals(List.of(), report.warnings());
            assertEquals(List.of(), database.query(PLACES));
        }
    }

    private static String code(Migrations migrations) {
        MigrationException thrown = assertThrows(MigrationException.class, migrations::migrate);
        assertTrue(thrown.getMessage().contains("hook_after_up")
                || thrown.getMessage().contains("MIGR-440"));
        return thrown.failure().explanation().code();
    }
}
