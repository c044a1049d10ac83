package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.JettyServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusRequestTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @TempDir
    Path folder;

    private Shop shop;
    private JettyServer server;

    @BeforeEach
    void start() throws Exception {
        shop = new Shop(folder).with("status-access=open");
        server = shop.script("1_create_product.sql", Shop.CREATE).started();
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/migrations",
                "/migrations/",
                "/migrations/default",
                "/migrations/health",
                "/migrations/metrics",
                "/migrations?format=html",
                "/migrations?format=xml",
                "/migrations/nothing",
                "/migrations/health/deep",
            })
    void every_answer_is_not_stored_not_sniffed_not_framed_and_runs_no_script(String path) {
        HttpResponse<String> response = server.get(path);

        assertEquals(Optional.of("no-store"), response.headers().firstValue("Cache-Control"));
        assertSafe(response);
    }

    @ParameterizedTest
    @CsvSource({
        "/migrations/page.css, text/css",
        "/migrations/mark.svg, image/svg+xml",
        "/migrations/schema.json, application/schema+json"
    })
    void the_files_of_the_page_may_be_kept(String path, String type) {
        HttpResponse<String> response = server.get(path);

        assertEquals(200, response.statusCode());
        assertTrue(header(response, "Cache-Control").startsWith("public, max-age="), response::toString);
        assertTrue(header(response, "Content-Type").startsWith(type), response::toString);
        assertFalse(response.body().isBlank());
        assertSafe(response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/migrations/page.css", "/migrations/schema.json"})
    void a_file_that_the_client_has_is_not_sent_again(String path) {
        String tag = header(server.get(path), "ETag");

        HttpResponse<String> known = server.get(path, "If-None-Match", "\"other\", " + tag);

        assertEquals(304, known.statusCode());
        assertEquals("", known.body());
        assertEquals("nosniff", header(known, "X-Content-Type-Options"));
        assertEquals(304, server.get(path, "If-None-Match", "W/" + tag).statusCode());
        assertEquals(200, server.get(path, "If-None-Match", "\"other\"").statusCode());
    }

    @Test
    void the_page_names_files_that_are_there() {
        String page = server.get("/migrations?format=html").body();

        for (String file : new String[] {"page.css", "mark.svg"}) {
            int begin = page.indexOf("/shop/migrations/" + file);
            String path = page.substring(begin + "/shop".length(), page.indexOf('"', begin));
            assertEquals(200, server.get(path).statusCode());
        }
    }

    private static void assertSafe(HttpResponse<String> response) {
        assertEquals("nosniff", header(response, "X-Content-Type-Options"));
        assertEquals("same-origin", header(response, "Referrer-Policy"));
        String policy = header(response, "Content-Security-Policy");
        assertTrue(policy.contains("default-src 'none'"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertTrue(header(response, "Content-Type").toLowerCase(Locale.ROOT).contains("charset=utf-8"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/migrations",
                "/migrations/default",
                "/migrations/health",
                "/migrations/metrics",
                "/migrations/schema.json",
                "/migrations/page.css",
            })
    void what_is_no_reading_is_refused(String path) {
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"}) {
            HttpResponse<String> response = server.send(method, path);

            assertEquals(405, response.statusCode(), method);
            assertEquals("GET, HEAD", header(response, "Allow"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/migrations",
                "/migrations?format=html",
                "/migrations/health",
                "/migrations/metrics",
                "/migrations/schema.json",
                "/migrations/page.css",
                "/migrations/no"
            })
    void a_head_is_a_get_without_a_body(String path) {
        HttpResponse<String> get = server.get(path);
        HttpResponse<String> head = server.send("HEAD", path);

        assertEquals("", head.body());
        assertEquals(get.statusCode(), head.statusCode());
        assertEquals(header(get, "Content-Type"), header(head, "Content-Type"));
        assertTrue(Integer.parseInt(header(head, "Content-Length")) > 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/migrations/nothing",
                "/migrations/DEFAULT",
                "/migrations/default/",
                "/migrations/default/run",
                "/migrations/health/",
                "/migrations/plan/deep",
                "/migrations/page.js",
                "/migrations/%3Cscript%3E",
            })
    void an_unknown_path_is_not_found(String path) {
        HttpResponse<String> json = server.get(path);
        HttpResponse<String> html = server.get(path, "Accept", BROWSER);

        assertEquals(404, json.statusCode());
        assertTrue(Shop.object(Shop.json(json), "error").get("code").toString().matches("MIGR-70[45]"), json::body);
        assertEquals(404, html.statusCode());
        assertTrue(html.body().contains("<h1>There is no"), html::body);
        assertFalse(html.body().contains("<script>"), html::body);
    }

    @Test
    void what_begins_like_the_path_is_the_applications() {
        assertEquals("the application", server.get("/migrationsandmore").body());
        assertEquals("the application", server.get("/").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "", "JSON", "json&format=html", "%FF", "%3Cscript%3E"})
    void a_format_that_is_none_is_a_bad_request(String format) {
        for (String path : new String[] {"/migrations", "/migrations/default", "/migrations/health"}) {
            HttpResponse<String> response = server.get(path + "?format=" + format);

            assertEquals(400, response.statusCode());
            assertEquals("MIGR-707", Shop.object(Shop.json(response), "error").get("code"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "q=%ff, q",
        "state=PENDING&q=a%C3, q",
        "q=fine&before=%ff, before",
        "rows=%F5, rows",
        "state=%ff, state",
    })
    void a_parameter_that_cannot_be_decoded_is_named(String query, String name) {
        HttpResponse<String> response = server.get("/migrations?" + query);

        assertEquals(400, response.statusCode(), response::body);
        Map<String, Object> error = Shop.object(Shop.json(response), "error");
        assertEquals("MIGR-741", error.get("code"));
        assertEquals("The parameter " + name + " cannot be understood.", error.get("what"));
    }

    @Test
    void what_nobody_asks_for_need_not_be_decoded() {
        assertEquals(200, server.get("/migrations?utm=%ff").statusCode());
    }

    @Test
    void the_parameter_decides_whatever_is_accepted() {
        assertTrue(isJson(server.get("/migrations?format=json", "Accept", BROWSER)));
        assertTrue(isHtml(server.get("/migrations?format=html", "Accept", "application/json")));
    }

    @Test
    void without_it_html_is_for_who_prefers_it() {
        assertTrue(isJson(server.get("/migrations")));
        assertTrue(isJson(server.get("/migrations", "Accept", "*/*")));
        assertTrue(isJson(server.get("/migrations", "Accept", "text/html;q=0.5,application/json;q=0.6")));
        assertTrue(isJson(server.get("/migrations", "Accept", "image/png")));
        assertTrue(isHtml(server.get("/migrations", "Accept", BROWSER)));
        assertEquals("Accept", header(server.get("/migrations", "Accept", BROWSER), "Vary"));
    }

    @Test
    void the_health_is_json_for_a_browser_too() {
        HttpResponse<String> response = server.get("/migrations/health", "Accept", BROWSER);

        assertTrue(isJson(response));
        assertEquals("{\"status\":\"UP\",\"checks\":{\"stuck\":false,\"issues\":[]}}", response.body());
    }

    private static boolean isJson(HttpResponse<String> response) {
        return header(response, "Content-Type").startsWith("application/json");
    }

    private static boolean isHtml(HttpResponse<String> response) {
        return header(response, "Content-Type").startsWith("text/html");
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
