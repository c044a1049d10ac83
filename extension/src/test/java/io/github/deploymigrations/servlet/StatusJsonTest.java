package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.Node;
import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.TestWar;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusJsonTest {
    private static final Set<String> DATABASE = Set.of(
            "name",
            "status",
            "dataSource",
            "product",
            "environment",
            "mode",
            "changelog",
            "current",
            "node",
            "backup",
            "drift",
            "startedAt",
            "durationMillis",
            "lockWaitMillis",
            "running",
            "counts",
            "failure",
            "revisions");
    private static final Set<String> REVISION = Set.of(
            "id",
            "description",
            "script",
            "state",
            "appliedAt",
            "appliedAtExact",
            "durationMillis",
            "node",
            "checksum",
            "statements",
            "error");
    private static final Set<String> FAILURE =
            Set.of("code", "what", "action", "script", "line", "statement", "sqlState", "vendorCode");

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void build() {
        shop = new Shop(folder).with("status-access=open");
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
    }

    @Test
    void a_migrated_database_has_every_field_of_the_contract() throws Exception {
        JettyServer server = shop.script("20260105090000_create_product.sql", Shop.CREATE)
                .script("20260106090000_insert_products.sql", Shop.INSERT)
                .started();

        Map<String, Object> document = Shop.json(server.get("/migrations"));
        Map<String, Object> database = Shop.list(document, "databases").get(0);

        assertEquals(Set.of("status", "databases"), document.keySet());
        assertEquals("UP_TO_DATE", document.get("status"));
        assertEquals(DATABASE, database.keySet());
        assertEquals("default", database.get("name"));
        assertEquals("UP_TO_DATE", database.get("status"));
        assertEquals("java:comp/DefaultDataSource", database.get("dataSource"));
        assertTrue(String.valueOf(database.get("product")).startsWith("H2 2."), database::toString);
        assertEquals("production", database.get("environment"));
        assertEquals("migrate", database.get("mode"));
        assertEquals("CHANGELOG", database.get("changelog"));
        assertEquals("20260106090000", database.get("current"));
        assertEquals(Node.name(), database.get("node"));
        assertTrue(isRecent(database.get("startedAt")), database::toString);
        assertTrue(database.get("durationMillis") instanceof BigDecimal, database::toString);
        assertEquals(Map.of("APPLIED", BigDecimal.valueOf(2)), database.get("counts"));
        assertNull(database.get("failure"));
    }

    @Test
    void revisions_ascend_and_have_every_field_of_the_contract() throws Exception {
        JettyServer server = shop.script("20260106090000_insert_products.sql", Shop.INSERT)
                .script("020260105090000_create_product.sql", Shop.CREATE)
                .started();

        List<Map<String, Object>> revisions = Shop.list(Shop.database(server.get("/migrations")), "revisions");

        assertEquals(
                List.of("20260105090000", "20260106090000"),
                revisions.stream().map(revision -> revision.get("id")).toList());
        Map<String, Object> insert = revisions.get(1);
        assertEquals(REVISION, insert.keySet());
        assertEquals("insert products", insert.get("description"));
        assertEquals("migrations/scripts/20260106090000_insert_products.sql", insert.get("script"));
        assertEquals("APPLIED", insert.get("state"));
        assertTrue(isRecent(insert.get("appliedAt")), insert::toString);
        assertEquals(true, insert.get("appliedAtExact"));
        assertNotNull(insert.get("durationMillis"));
        assertTrue(String.valueOf(insert.get("checksum")).matches("sha256:[0-9a-f]{64}"), insert::toString);
        assertEquals(BigDecimal.valueOf(2), insert.get("statements"));
        assertNull(insert.get("error"));
    }

    @Test
    void what_an_earlier_deployment_applied_has_no_duration() throws Exception {
        shop.execute("CREATE TABLE CHANGELOG (ID NUMERIC(20,0), APPLIED_AT VARCHAR(25), DESCRIPTION VARCHAR(255))")
                .execute("INSERT INTO CHANGELOG VALUES (1, '2026-01-05 09:00:00', 'create product')");
        JettyServer server = shop.script("1_create_product.sql", Shop.CREATE).started();

        Map<String, Object> revision =
                Shop.list(Shop.database(server.get("/migrations")), "revisions").get(0);

        assertEquals("APPLIED", revision.get("state"));
        assertNull(revision.get("durationMillis"));
    }

    @Test
    void the_revisions_are_those_of_now_and_not_of_the_start() throws Exception {
        JettyServer server = shop.script("1_create_product.sql", Shop.CREATE).started();
        shop.execute("INSERT INTO CHANGELOG VALUES (9, 'some day', 'a later release')");

        Map<String, Object> database = Shop.database(server.get("/migrations"));
        Map<String, Object> newer = Shop.list(database, "revisions").get(1);

        assertEquals("9", database.get("current"));
        assertEquals("NEWER", newer.get("state"));
        assertEquals(REVISION, newer.keySet());
        assertNull(newer.get("script"));
        assertNull(newer.get("statements"));
        assertNull(newer.get("appliedAt"));
        assertNull(newer.get("appliedAtExact"));
    }

    @Test
    void what_the_target_leaves_out_is_pending() throws Exception {
        JettyServer server = shop.with("target=1")
                .script("1_create_product.sql", Shop.CREATE)
                .script("2_insert_products.sql", Shop.INSERT)
                .started();

        Map<String, Object> database = Shop.database(server.get("/migrations"));

        assertEquals("PENDING", database.get("status"));
        assertEquals(Map.of("APPLIED", BigDecimal.ONE, "PENDING", BigDecimal.ONE), Shop.object(database, "counts"));
    }

    @Test
    void a_failed_statement_is_told_with_every_field_of_the_contract() throws Exception {
        JettyServer server = shop.with("on-failure=warn")
                .script("1_create_product.sql", Shop.CREATE)
                .script("2_broken.sql", Shop.BROKEN)
                .started();

        Map<String, Object> document = Shop.json(server.get("/migrations"));
        Map<String, Object> database = Shop.list(document, "databases").get(0);
        Map<String, Object> failure = Shop.object(database, "failure");

        assertEquals("FAILED", document.get("status"));
        assertEquals(FAILURE, failure.keySet());
        assertEquals("MIGR-501", failure.get("code"));
        assertTrue(String.valueOf(failure.get("what")).contains("2_broken.sql"), failure::toString);
        assertFalse(String.valueOf(failure.get("action")).isBlank());
        assertEquals("migrations/scripts/2_broken.sql", failure.get("script"));
        assertEquals(BigDecimal.valueOf(4), failure.get("line"));
        assertEquals(
                "INSERT INTO\n  nowhere VALUES (1);",
                String.valueOf(failure.get("statement")).strip());
        assertEquals("42S02", failure.get("sqlState"));
        assertNotNull(failure.get("vendorCode"));
        Map<String, Object> broken = Shop.list(database, "revisions").get(1);
        assertEquals("FAILED", broken.get("state"));
        assertEquals(failure, broken.get("error"));
    }

    @Test
    void a_refusal_for_several_reasons_tells_each_of_them_once() throws Exception {
        shop.execute("CREATE TABLE CHANGELOG (ID NUMERIC(20,0), APPLIED_AT VARCHAR(25), DESCRIPTION VARCHAR(255))")
                .execute("INSERT INTO CHANGELOG VALUES (2, '2026-01-05 09:00:00', 'gone')")
                .execute("INSERT INTO CHANGELOG VALUES (3, '2026-01-05 09:00:00', 'there')");
        JettyServer server = shop.with("on-failure=warn")
                .script("1_late.sql", Shop.CREATE)
                .script("3_there.sql", Shop.CREATE)
                .started();

        Map<String, Object> failure = Shop.object(Shop.database(server.get("/migrations")), "failure");
        String what = String.valueOf(failure.get("what"));

        assertEquals(3, what.lines().count(), what);
        assertTrue(what.contains("1_late.sql") && what.contains("scripts:"), what);
        assertTrue(what.contains("2 gone") && what.contains("changelog:"), what);
        assertTrue(what.contains("late=apply") && what.contains("Bring the scripts back"), what);
    }

    @Test
    void wrong_scripts_are_all_told_with_their_places() throws Exception {
        JettyServer server = shop.with("on-failure=warn")
                .script("one.sql", Shop.CREATE)
                .script("2_empty.sql", "")
                .started();

        Map<String, Object> failure = Shop.object(Shop.database(server.get("/migrations")), "failure");
        String what = String.valueOf(failure.get("what"));

        assertEquals("MIGR-200", failure.get("code"));
        assertTrue(what.contains("one.sql") && what.contains("2_empty.sql"), what);
    }

    @Test
    void where_the_settings_are_wrong_what_nobody_knows_is_null() throws Exception {
        shop.close();
        try (Shop wrong = new Shop(folder.resolve("wrong")).with("status-role=reader", "tarjet=1")) {
            JettyServer server = wrong.script("1_create_product.sql", Shop.CREATE)
                    .deployed()
                    .login(new BasicAuthenticator(), "ann", "migrations")
                    .startInSpiteOfAll();

            Map<String, Object> database = Shop.database(server.get("/migrations", JettyServer.as("ann")));

            assertEquals("FAILED", database.get("status"));
            assertNull(database.get("dataSource"));
            assertNull(database.get("environment"));
            assertNull(database.get("mode"));
            assertTrue(
                    String.valueOf(Shop.object(database, "failure").get("what")).contains("Did you mean \"target\""),
                    database::toString);
        }
    }

    @Test
    void a_database_that_is_switched_off_has_no_run() throws Exception {
        JettyServer server = shop.with("mode=off")
                .script("1_create_product.sql", Shop.CREATE)
                .started();

        Map<String, Object> document = Shop.json(server.get("/migrations"));
        Map<String, Object> database = Shop.list(document, "databases").get(0);

        assertEquals("OFF", document.get("status"));
        assertEquals(DATABASE, database.keySet());
        assertNull(database.get("startedAt"));
        assertNull(database.get("durationMillis"));
        assertEquals(List.of(), database.get("revisions"));
    }

    @Test
    void two_blocks_are_in_one_document_and_each_in_its_own() throws Exception {
        Shop.bind("java:comp/env/jdbc/orders");
        JettyServer server = shop.with("on-failure=warn")
                .file("WEB-INF/beans.xml", TestWar.beansXml("""
                                <migrations xmlns="urn:mybatis-migrations:1.0" name="stock"/>
                                <migrations xmlns="urn:mybatis-migrations:1.0" name="orders">
                                  <property name="data-source" value="java:comp/env/jdbc/orders"/>
                                  <property name="location" value="orders"/>
                                </migrations>
                                """))
                .script("1_create_product.sql", Shop.CREATE)
                .file("WEB-INF/classes/orders/scripts/1_broken.sql", Shop.BROKEN)
                .started();

        Map<String, Object> all = Shop.json(server.get("/migrations"));
        Map<String, Object> stock = Shop.json(server.get("/migrations/stock"));
        Map<String, Object> orders = Shop.json(server.get("/migrations/orders"));

        assertEquals("FAILED", all.get("status"));
        assertEquals(List.of("stock", "orders"), names(all));
        assertEquals("UP_TO_DATE", stock.get("status"));
        assertEquals(List.of("stock"), names(stock));
        assertEquals("FAILED", orders.get("status"));
        assertEquals(List.of("orders"), names(orders));
        assertEquals(404, server.get("/migrations/default").statusCode());
    }

    private static List<Object> names(Map<String, Object> document) {
        return Shop.list(document, "databases").stream()
                .map(database -> database.get("name"))
                .toList();
    }

    private static boolean isRecent(Object instant) {
        Duration age = Duration.between(Instant.parse((String) instant), Instant.now());
        return age.compareTo(Duration.ofSeconds(-2)) > 0 && age.compareTo(Duration.ofMinutes(1)) < 0;
    }
}
