package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.TestLog;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a change by hand is shown: JSON, page, health, log. */
class DriftPageTest {
    private static final List<String> LINES =
            List.of("+ column product.\"<b>\" integer null", "+ index product.product_b (\"<b>\")");

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void build() {
        shop = new Shop(folder).with("status-access=open").script("1_create_product.sql", Shop.CREATE);
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
    }

    private JettyServer changedByHand() throws Exception {
        JettyServer server = shop.with("drift=warn").started();
        shop.execute("ALTER TABLE product ADD \"<b>\" INT");
        shop.execute("CREATE INDEX product_b ON product (\"<b>\")");
        return server;
    }

    @Test
    void where_nobody_changed_anything_there_is_no_line() throws Exception {
        JettyServer server = shop.with("drift=warn").started();

        assertEquals(List.of(), Shop.database(server.get("/migrations")).get("drift"));
        assertFalse(server.get("/migrations?format=html").body().contains("Changed by hand"));
    }

    @Test
    void the_document_has_its_lines() throws Exception {
        Map<String, Object> database = Shop.database(changedByHand().get("/migrations"));

        assertEquals(LINES.get(0), ((List<?>) database.get("drift")).get(0));
        assertEquals(2, ((List<?>) database.get("drift")).size());
        assertEquals("UP_TO_DATE", database.get("status"), "no failure");
    }

    @Test
    void the_page_has_them_as_text() throws Exception {
        String page = changedByHand().get("/migrations?format=html").body();

        assertTrue(page.contains("MIGR-450"), page);
        assertTrue(page.contains("<h3 class=\"part\">Changed by hand</h3>"), page);
        assertTrue(page.contains(">+ column product.&quot;&lt;b&gt;&quot; integer null\n</span>"), page);
        assertFalse(page.contains("<b>"), page);
    }

    @Test
    void health_tells_who_may_read_and_stays_up() throws Exception {
        HttpResponse<String> health = changedByHand().get("/migrations/health");

        assertEquals(200, health.statusCode());
        List<Map<String, Object>> issues = Shop.list(Shop.object(Shop.json(health), "checks"), "issues");
        assertEquals(
                List.of("drift"),
                issues.stream().map(issue -> issue.get("name")).toList());
        assertEquals("MIGR-450", issues.get(0).get("code"));
        assertTrue(issues.get(0).get("what").toString().contains(LINES.get(0)), health::body);
    }

    @Test
    void the_next_deployment_logs_a_warning() throws Exception {
        String name = "java:comp/env/jdbc/orders";
        DataSource database = Shop.bind(name);
        shop.with("data-source=" + name, "drift=warn").started();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE product ADD \"<b>\" INT");
        }
        try (TestLog log = TestLog.open();
                Shop next = new Shop(folder.resolve("next"))) {
            next.script("1_create_product.sql", Shop.CREATE)
                    .with("data-source=" + name, "drift=warn")
                    .started();
            assertEquals(1, log.of("MIGR-450").size());
            assertTrue(
                    log.of("MIGR-450").get(0).startsWith("WARNING MIGR-450 default: "), log.of("MIGR-450")::toString);
            assertTrue(log.of("MIGR-450").get(0).contains(LINES.get(0)), log.of("MIGR-450")::toString);
        }
    }

    @Test
    void the_page_of_a_revision_tells_what_it_changed() throws Exception {
        shop.script("2_insert_products.sql", Shop.INSERT);
        JettyServer server = shop.with("drift=warn").started();

        String page = server.get("/migrations/default?revision=1&format=html").body();
        assertTrue(page.contains("<h2 class=\"part\">What it changed</h2>"), page);
        assertTrue(page.contains(">+ table product\n</span>"), page);
        assertFalse(
                server.get("/migrations/default?revision=2&format=html").body().contains("What it changed"));
    }

    @Test
    void without_the_key_it_is_unknown() throws Exception {
        JettyServer server = shop.started();
        shop.execute("ALTER TABLE product ADD n INT");

        assertNull(Shop.database(server.get("/migrations")).get("drift"));
        assertFalse(server.get("/migrations?format=html").body().contains("Changed by hand"));
        assertEquals(
                List.of(), Shop.list(Shop.object(Shop.json(server.get("/migrations/health")), "checks"), "issues"));
    }
}
