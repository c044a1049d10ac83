package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.TestLog;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanRequestTest {
    private static final String APPLIED = "select count(*) from information_schema.TABLES where TABLE_SCHEMA='PUBLIC'";

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void build() {
        shop = new Shop(folder).script("1_create_product.sql", Shop.CREATE).with("status-access=open", "mode=plan");
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
    }

    private static String type(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    }

    @Test
    void with_mode_plan_nothing_is_applied_the_application_starts_and_the_log_has_the_plan_in_one_record()
            throws Exception {
        TestLog log = TestLog.open();
        try {
            JettyServer server = shop.started();

            assertEquals(200, server.get("/").statusCode());
            assertEquals(List.of("0"), shop.query(APPLIED));
            assertEquals(1, log.of("MIGR-615").size());
            assertTrue(log.of("MIGR-615").get(0).contains("CREATE TABLE product"), log::toString);
            assertEquals("PENDING", Shop.database(server.get("/migrations")).get("status"));
            assertEquals(200, server.get("/migrations/health").statusCode());
        } finally {
            log.close();
        }
    }

    @Test
    void the_plan_is_text_unless_json_is_asked_for_or_preferred() throws Exception {
        JettyServer server = shop.started();

        HttpResponse<String> text = server.get("/migrations/plan");
        assertEquals(200, text.statusCode());
        assertEquals("text/plain", type(text));
        assertTrue(text.body().contains("CREATE TABLE product (id INT PRIMARY KEY);"), text.body());
        assertEquals("text/plain", type(server.get("/migrations/plan", "Accept", "text/html,*/*;q=0.8")));
        assertEquals("application/sql", type(server.get("/migrations/default/plan", "Accept", "application/sql")));
        assertEquals("application/json", type(server.get("/migrations/plan", "Accept", "application/json")));
        assertEquals("text/plain", type(server.get("/migrations/plan?format=sql", "Accept", "application/json")));
        assertEquals(400, server.get("/migrations/plan?format=html").statusCode());
        assertEquals(405, server.send("POST", "/migrations/plan").statusCode());
        assertEquals(404, server.get("/migrations/nobody/plan").statusCode());

        Map<String, Object> document = Shop.json(server.get("/migrations/default/plan?format=json"));
        assertEquals("default", document.get("name"));
        assertEquals(text.body(), document.get("sql"));
        Map<String, Object> script = Shop.list(document, "scripts").get(0);
        assertEquals("1", script.get("id"));
        assertEquals(List.of("CREATE TABLE product (id INT PRIMARY KEY)"), script.get("statements"));
    }

    @Test
    void who_may_not_read_the_status_may_not_read_the_plan() throws Exception {
        shop.close();
        shop = new Shop(folder).script("1_create_product.sql", Shop.CREATE);
        HttpResponse<String> answer = shop.started().get("/migrations/plan");
        assertEquals(403, answer.statusCode());
        assertFalse(answer.body().contains("product"), answer.body());
    }

    @Test
    void a_plan_that_would_be_refused_is_409_and_comments_only() throws Exception {
        shop.close();
        shop = new Shop(folder.resolve("other"))
                .script("2_create_product.sql", Shop.CREATE)
                .with("status-access=open");
        JettyServer server = shop.started();
        shop.execute("INSERT INTO CHANGELOG VALUES (1, '2026-01-01 00:00:00', 'gone')");
        HttpResponse<String> answer = server.get("/migrations/plan");
        assertEquals(409, answer.statusCode());
        assertTrue(answer.body().startsWith("-- MIGR-402"), answer.body());
        assertTrue(answer.body().lines().allMatch(line -> line.startsWith("--")), answer.body());
    }

    @Test
    void with_several_databases_the_path_names_one() throws Exception {
        shop.close();
        shop = new Shop(folder)
                .script("1_create_product.sql", Shop.CREATE)
                .with("status-access=open", "one.mode=plan", "two.mode=plan", "two.data-source=java:comp/env/jdbc/two");
        Shop.bind("java:comp/env/jdbc/two");
        JettyServer server = shop.started();
        assertEquals(400, server.get("/migrations/plan").statusCode());
        assertEquals(200, server.get("/migrations/two/plan").statusCode());
    }

    @Test
    void where_migrations_are_off_the_answer_says_so_and_blames_no_run() throws Exception {
        shop.close();
        shop = new Shop(folder)
                .script("1_create_product.sql", Shop.CREATE)
                .with("environment=development", "mode=off", "actions=on");
        JettyServer server = shop.started();

        HttpResponse<String> plan = server.get("/migrations/plan");
        assertEquals(409, plan.statusCode());
        assertTrue(plan.body().contains("MIGR-733"), plan.body());
        HttpResponse<String> run = server.send("POST", "/migrations/run", "X-Requested-With", "curl");
        assertEquals(409, run.statusCode());
        assertTrue(run.body().contains("MIGR-733"), run.body());
    }
}
