package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.TestNaming;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.security.authentication.FormAuthenticator;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
    private static final String CHANGELOG =
            "CREATE TABLE CHANGELOG (ID NUMERIC(20,0), APPLIED_AT VARCHAR(25), DESCRIPTION VARCHAR(255))";

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void build() {
        shop = new Shop(folder).script("1_create_product.sql", Shop.CREATE);
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
    }

    @Test
    void anyone_learns_up_and_nothing_else_and_is_not_asked_to_log_in() throws Exception {
        JettyServer server = shop.deployed()
                .login(new BasicAuthenticator(), "ann", "migrations")
                .start();

        HttpResponse<String> health = server.get("/migrations/health");

        assertEquals("{\"status\":\"UP\"}", health.body());
        assertTrue(health.headers().firstValue("WWW-Authenticate").isEmpty());
    }

    @Test
    void nobody_is_sent_to_the_form_of_the_application() throws Exception {
        JettyServer server = shop.deployed()
                .login(new FormAuthenticator("/login", "/login", false), "ann", "migrations")
                .start();

        assertEquals("{\"status\":\"UP\"}", server.get("/migrations/health").body());
    }

    @Test
    void who_may_read_the_status_learns_what_to_look_after() throws Exception {
        JettyServer server = shop.deployed()
                .login(new BasicAuthenticator(), "ann", "migrations")
                .start();
        shop.execute("DELETE FROM CHANGELOG");

        HttpResponse<String> health = server.get("/migrations/health", JettyServer.as("ann"));

        assertEquals(200, health.statusCode());
        assertEquals(List.of("pending"), names(health));
        assertEquals("default", issues(health).get(0).get("database"));
        assertTrue(issues(health).get(0).get("what").toString().contains("1 create product"), health::body);
    }

    @Test
    void who_has_not_the_role_learns_no_more_than_anyone() throws Exception {
        JettyServer server = shop.deployed()
                .login(new BasicAuthenticator(), "bob", "customer")
                .start();

        assertEquals(
                "{\"status\":\"UP\"}",
                server.get("/migrations/health", JettyServer.as("bob")).body());
    }

    @Test
    void an_old_deployment_stays_up_while_a_newer_release_migrates() throws Exception {
        JettyServer server = shop.with("status-access=open").started();
        shop.execute("INSERT INTO CHANGELOG VALUES (9, '2026-01-05 09:00:00', 'a later release')")
                .execute("DELETE FROM CHANGELOG WHERE ID = 1");

        assertEquals(200, server.get("/migrations/health").statusCode());
    }

    @Test
    void a_newer_database_is_no_reason_to_be_down_at_the_start_either() throws Exception {
        shop.execute(CHANGELOG)
                .execute("INSERT INTO CHANGELOG VALUES (1, '2026-01-05 09:00:00', 'create product')")
                .execute("INSERT INTO CHANGELOG VALUES (9, '2026-01-05 09:00:00', 'a later release')");

        assertEquals(200, shop.started().get("/migrations/health").statusCode());
    }

    @Test
    void what_the_target_and_the_plan_leave_out_was_not_to_be_applied() throws Exception {
        JettyServer server = shop.with("target=1", "status-access=open")
                .script("2_insert_products.sql", Shop.INSERT)
                .started();

        HttpResponse<String> health = server.get("/migrations/health");

        assertEquals(200, health.statusCode());
        assertEquals(List.of("pending"), names(health));
    }

    @Test
    void switched_off_is_up() throws Exception {
        assertEquals(
                200, shop.with("mode=off").started().get("/migrations/health").statusCode());
    }

    @Test
    void pending_scripts_are_a_failure_of_a_deployment_that_only_validates() throws Exception {
        JettyServer server = shop.with("mode=validate", "on-failure=warn", "status-access=open")
                .started();

        HttpResponse<String> health = server.get("/migrations/health");

        assertEquals(503, health.statusCode());
        assertEquals(List.of("failed", "pending"), names(health));
    }

    @Test
    void a_failed_run_is_told_once_with_what_to_do() throws Exception {
        JettyServer server = shop.with("on-failure=warn", "status-access=open")
                .script("2_broken.sql", Shop.BROKEN)
                .started();

        HttpResponse<String> health = server.get("/migrations/health");

        assertEquals(503, health.statusCode());
        assertEquals(List.of("failed"), names(health));
        Map<String, Object> issue = issues(health).get(0);
        assertEquals("MIGR-501", issue.get("code"));
        assertFalse(issue.get("action").toString().isBlank());
    }

    @Test
    void a_changed_script_is_told() throws Exception {
        JettyServer server = shop.with("status-access=open").started();
        shop.execute("UPDATE CHANGELOG_HISTORY SET CHECKSUM = 'sha256:" + "0".repeat(64) + "'");

        HttpResponse<String> health = server.get("/migrations/health");

        assertEquals(200, health.statusCode());
        assertEquals(List.of("changed"), names(health));
    }

    @Test
    void a_database_that_hangs_makes_no_probe_wait() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:hanging;DB_CLOSE_DELAY=-1");
        AtomicBoolean hangs = new AtomicBoolean();
        TestNaming.bind("java:comp/DefaultDataSource", hanging(database, hangs));
        JettyServer server = shop.with("status-access=open").started();
        hangs.set(true);

        long start = System.nanoTime();
        HttpResponse<String> health = server.get("/migrations/health");
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        assertEquals(200, health.statusCode());
        assertEquals(List.of("unreadable"), names(health));
        assertTrue(taken.compareTo(Duration.ofSeconds(3)) < 0, taken::toString);
    }

    @Test
    void many_readers_ask_the_database_once_a_second() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:asked;DB_CLOSE_DELAY=-1");
        AtomicInteger connections = new AtomicInteger();
        TestNaming.bind("java:comp/DefaultDataSource", counting(database, connections));
        JettyServer server = shop.with("status-access=open").started();
        connections.set(0);

        long start = System.nanoTime();
        for (int reader = 0; reader < 50; reader++) {
            assertEquals(200, server.get("/migrations/health").statusCode());
            assertEquals(200, server.get("/migrations/metrics").statusCode());
            assertEquals(200, server.get("/migrations").statusCode());
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();

        assertTrue(connections.get() <= seconds + 2, connections::toString);
    }

    private static DataSource counting(DataSource database, AtomicInteger connections) {
        return (DataSource) Proxy.newProxyInstance(
                HealthTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    connections.incrementAndGet();
                    return method.invoke(database, arguments);
                });
    }

    private static DataSource hanging(DataSource database, AtomicBoolean hangs) {
        return (DataSource) Proxy.newProxyInstance(
                HealthTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (hangs.get()) {
                        Thread.sleep(6_000);
                        throw new SQLException("no connection is free");
                    }
                    return method.invoke(database, arguments);
                });
    }

    private static List<Object> names(HttpResponse<String> health) {
        return issues(health).stream().map(issue -> issue.get("name")).toList();
    }

    private static List<Map<String, Object>> issues(HttpResponse<String> health) {
        return Shop.list(Shop.object(Shop.json(health), "checks"), "issues");
    }
}
