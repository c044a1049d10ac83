package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.TestLog;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tomcat and Jetty have no Jakarta JSON Binding, unless the WAR brings it. */
class NoJsonBindingTest {
    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void deploy() {
        shop = new Shop(folder)
                .without("jakarta.json.")
                .with("status-access=open", "environment=development", "actions=on")
                .script("1_create_product.sql", Shop.CREATE);
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
    }

    @ParameterizedTest
    @CsvSource({"/migrations", "/migrations/default?format=json", "/migrations/plan?format=json"})
    void a_document_is_refused_with_the_name_of_the_jar_to_add(String path) throws Exception {
        HttpResponse<String> answer = shop.started().get(path);

        assertEquals(501, answer.statusCode(), answer::body);
        assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"), answer::toString);
        assertTrue(answer.body().contains("MIGR-732"), answer::body);
        assertTrue(answer.body().contains("org.eclipse:yasson"), answer::body);
    }

    @ParameterizedTest
    @CsvSource({
        "/migrations?format=html, 200, text/html",
        "/migrations/metrics, 200, application/openmetrics-text",
        "/migrations/plan?format=sql, 200, text/plain",
        "/migrations/no, 404, text/plain",
        "/migrations?format=xml, 400, text/plain"
    })
    void what_is_no_document_is_answered_as_ever(String path, int status, String type) throws Exception {
        HttpResponse<String> answer = shop.started().get(path);

        assertEquals(status, answer.statusCode(), answer::body);
        assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith(type), answer::toString);
    }

    @Test
    void probes_get_their_answer() throws Exception {
        HttpResponse<String> answer = shop.started().get("/migrations/health");

        assertEquals(200, answer.statusCode());
        assertEquals("{\"status\":\"UP\"}", answer.body());
    }

    @Test
    void an_action_has_the_status_code_of_what_came_of_it() throws Exception {
        HttpResponse<String> answer =
                shop.started().send("POST", "/migrations/run", "X-Requested-With", "test", "Accept", "*/*");

        assertEquals(200, answer.statusCode(), answer::body);
        assertTrue(answer.body().contains("MIGR-732"), answer::body);
    }

    @Test
    void the_log_has_one_warning_when_the_application_starts() throws Exception {
        try (TestLog log = TestLog.open()) {
            JettyServer server = shop.started();
            server.get("/migrations");
            server.get("/migrations");

            assertEquals(1, log.of("MIGR-732").size(), log.of("MIGR-732")::toString);
        }
    }
}
