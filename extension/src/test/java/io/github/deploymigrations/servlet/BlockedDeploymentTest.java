package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.TestLog;
import io.github.deploymigrations.testing.TestNaming;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockedDeploymentTest {
    @TempDir
    Path folder;

    private final TestLog log = TestLog.open();
    private Shop shop;

    @BeforeEach
    void build() {
        shop = new Shop(folder).script("1_create_product.sql", Shop.CREATE).script("2_broken.sql", Shop.BROKEN);
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
        log.close();
    }

    @Test
    void a_server_that_minds_exceptions_does_not_start_the_application() {
        Exception thrown = assertThrows(Exception.class, shop::started);

        assertTrue(thrown.toString().contains("MIGR-501"), thrown::toString);
        assertTrue(log.of("MIGR-703").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/products", "/migrationsandmore", "/shop.css", "/login", "/j_security_check"})
    void on_a_server_that_goes_on_not_one_request_reaches_the_application(String path) throws Exception {
        JettyServer server = shop.with("status-access=open").deployed().startInSpiteOfAll();

        for (String method : new String[] {"GET", "HEAD", "POST", "OPTIONS"}) {
            assertEquals(503, server.send(method, path).statusCode());
        }
        assertEquals(0, server.reached());
    }

    @Test
    void the_status_and_the_health_answer_without_the_application() throws Exception {
        JettyServer server = shop.with("status-access=open").deployed().startInSpiteOfAll();

        HttpResponse<String> health = server.get("/migrations/health");
        HttpResponse<String> page = server.get("/migrations/default?format=html");

        assertEquals(503, health.statusCode());
        assertEquals("DOWN", Shop.json(health).get("status"));
        assertEquals("FAILED", Shop.json(server.get("/migrations")).get("status"));
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("The migrations failed: the deployment is blocked"), page::body);
        assertEquals(200, server.get("/migrations/page.css").statusCode());
        assertEquals(404, server.get("/migrations/a/b").statusCode());
        assertEquals(0, server.reached());
    }

    @Test
    void the_status_answers_where_the_application_has_its_path() throws Exception {
        JettyServer server = shop.with("status-access=open")
                .deployed()
                .servlet("/migrations", JettyServer.answering("mine"))
                .startInSpiteOfAll();

        assertEquals("FAILED", Shop.json(server.get("/migrations")).get("status"));
    }

    @Test
    void a_role_is_known_in_front_of_the_application_too() throws Exception {
        JettyServer server = shop.deployed()
                .login(new BasicAuthenticator(), "ann", "migrations")
                .startInSpiteOfAll();

        assertEquals(401, server.get("/migrations").statusCode());
        assertEquals(
                "FAILED",
                Shop.json(server.get("/migrations", JettyServer.as("ann"))).get("status"));
    }

    @Test
    void the_refusal_says_where_to_look_and_nothing_of_the_database() throws Exception {
        HttpResponse<String> response = shop.deployed().startInSpiteOfAll().get("/");

        assertEquals(
                "text/plain;charset=utf-8",
                response.headers().firstValue("Content-Type").orElse(""));
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElse(""));
        assertEquals(
                "MIGR-712 This application is not available: the migrations of its database failed."
                        + " /shop/migrations tells why.\n",
                response.body());
    }

    @Test
    void without_a_status_page_everything_is_refused() throws Exception {
        JettyServer server = shop.with("status-path=off").deployed().startInSpiteOfAll();

        HttpResponse<String> response = server.get("/migrations/health");

        assertEquals(503, response.statusCode());
        assertTrue(response.body().contains("The server's log tells why."), response::body);
        assertEquals(0, server.reached());
    }

    /** A run that ends well opens no door: whoever is sent to the application would be answered by 503. */
    @Test
    void a_closed_application_is_down_until_it_is_deployed_again() throws Exception {
        JettyServer server = shop.with("environment=development", "on-failure=block", "actions=on")
                .deployed()
                .startInSpiteOfAll();
        shop.execute("CREATE TABLE nowhere (id INT)");

        assertEquals(
                200,
                server.send("POST", "/migrations/run", "X-Requested-With", "test")
                        .statusCode());

        assertEquals(503, server.get("/").statusCode());
        assertEquals(503, server.get("/migrations/health").statusCode());
        Map<String, Object> issue = Shop.list(
                        Shop.object(Shop.json(server.get("/migrations/health")), "checks"), "issues")
                .get(0);
        assertEquals(List.of("closed", "default"), List.of(issue.get("name"), issue.get("database")));
        assertEquals("UP_TO_DATE", Shop.json(server.get("/migrations")).get("status"));
        String page = server.get("/migrations?format=html").body();
        assertTrue(page.contains("<h1>Up to date</h1>"), page);
        assertTrue(page.contains("the application answers no request"), page);
    }

    @Test
    void it_says_so_also_where_another_block_failed_that_only_warns() throws Exception {
        DataSource stock = Shop.bind("java:comp/env/jdbc/stock");
        JettyServer server = shop.with("environment=development", "actions=on", "orders.on-failure=warn")
                .with("stock.on-failure=block", "stock.data-source=java:comp/env/jdbc/stock")
                .deployed()
                .startInSpiteOfAll();
        try (Connection connection = stock.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE nowhere (id INT)");
        }

        server.send("POST", "/migrations/stock/run", "X-Requested-With", "test");

        Map<String, Object> checks = Shop.object(Shop.json(server.get("/migrations/health")), "checks");
        List<Object> told = Shop.list(checks, "issues").stream()
                .map(issue -> (Object) (issue.get("name") + " " + issue.get("database")))
                .toList();
        assertTrue(told.contains("closed stock") && told.contains("failed orders"), told::toString);
        String page = server.get("/migrations?format=html").body();
        assertTrue(page.contains("answers no request until it is deployed again"), page);
    }

    @Test
    void a_defect_of_ours_does_not_open_the_door() throws Exception {
        TestNaming.bind("java:comp/DefaultDataSource", new IllegalStateException("a defect"));
        JettyServer server = shop.deployed().startInSpiteOfAll();

        assertEquals(503, server.get("/").statusCode());
        assertEquals("{\"status\":\"DOWN\"}", server.get("/migrations/health").body());
        assertEquals(403, server.get("/migrations").statusCode());
        assertEquals(0, server.reached());
    }

    @Test
    void the_log_says_that_the_server_goes_on_when_it_is_seen_to() throws Exception {
        JettyServer server = shop.deployed().startInSpiteOfAll();
        assertTrue(log.of("MIGR-703").isEmpty());

        server.get("/");
        server.get("/");

        assertEquals(1, log.of("MIGR-703").size());
        assertTrue(log.of("MIGR-703").get(0).startsWith("SEVERE"));
        assertFalse(log.of("MIGR-606").isEmpty());
    }
}
