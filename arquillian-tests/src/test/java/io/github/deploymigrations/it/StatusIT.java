package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertDoesNotSay;
import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The status over HTTP, as the contract of the status servlet has it. */
@ExtendWith(ArquillianExtension.class)
class StatusIT {
    private static final String HTML = "text/html";
    private static final String JSON = "application/json";

    @RegisterExtension
    final Server server = new Server();

    @Test
    void browsers_get_a_page_and_everybody_else_gets_JSON() {
        Application application = server.deploy(upToDate());
        assertType(HTML, application.get("migrations", "Accept", "text/html,application/xml;q=0.9,*/*;q=0.8"));
        assertType(JSON, application.get("migrations", "Accept", "application/json"));
        assertType(JSON, application.get("migrations", "Accept", "*/*"));
        assertType(JSON, application.get("migrations"));
    }

    @Test
    void the_parameter_format_decides_against_the_header() {
        Application application = server.deploy(upToDate());
        assertType(JSON, application.get("migrations?format=json", "Accept", HTML));
        assertType(HTML, application.get("migrations?format=html", "Accept", JSON));
    }

    @Test
    void the_document_has_every_field_and_null_where_there_is_nothing_to_tell() {
        String database = server.newDatabase();
        JsonObject status = server.deploy(upToDate(database)).status();
        assertEquals(Set.of("status", "databases"), status.keySet());

        JsonObject block = status.getJsonArray("databases").getJsonObject(0);
        assertEquals(
                Set.of(
                        "name",
                        "status",
                        "dataSource",
                        "product",
                        "environment",
                        "mode",
                        "changelog",
                        "current",
                        "node",
                        "startedAt",
                        "durationMillis",
                        "lockWaitMillis",
                        "running",
                        "backup",
                        "drift",
                        "counts",
                        "failure",
                        "revisions"),
                block.keySet());
        assertEquals("default", block.getString("name"));
        assertEquals("UP_TO_DATE", block.getString("status"));
        assertEquals(database, block.getString("dataSource"));
        assertSays(block.getString("product"), "H2");
        assertEquals("production", block.getString("environment"));
        assertEquals("migrate", block.getString("mode"));
        assertEquals("CHANGELOG", block.getString("changelog"));
        assertEquals("2", block.getString("current"));
        assertTrue(block.getString("startedAt").endsWith("Z"), block::toString);
        assertEquals(2, block.getJsonObject("counts").getInt("APPLIED"));
        assertEquals(JsonValue.NULL, block.get("failure"));

        JsonObject revision = block.getJsonArray("revisions").getJsonObject(0);
        assertEquals(
                Set.of(
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
                        "error"),
                revision.keySet());
        assertEquals("1", revision.getString("id"));
        assertEquals("create item", revision.getString("description"));
        assertSays(revision.getString("script"), "001_create_item.sql");
        assertEquals("APPLIED", revision.getString("state"));
        assertTrue(revision.getString("appliedAt").endsWith("Z"), revision::toString);
        assertEquals(JsonValue.NULL, revision.get("error"));
    }

    @Test
    void a_failure_in_development_is_on_the_page_and_in_the_document_while_the_application_answers() {
        String database = server.newDatabase();
        Application application = server.deploy(BrokenWar.inDevelopment(database));
        assertEquals("1", application.query(database, "SELECT id FROM changelog"));

        JsonObject status = application.status();
        assertEquals("FAILED", status.getString("status"));
        JsonObject failure = status.getJsonArray("databases").getJsonObject(0).getJsonObject("failure");
        assertEquals(
                Set.of("code", "what", "action", "script", "line", "statement", "sqlState", "vendorCode"),
                failure.keySet());
        assertEquals("MIGR-501", failure.getString("code"));
        assertSays(failure.getString("script"), "2_insert_items.sql");
        assertEquals(4, failure.getInt("line"));
        assertSays(failure.getString("statement"), "INSERT INTO itme VALUES ('table')");
        assertEquals("42S02", failure.getString("sqlState"));
        assertEquals(42102, failure.getInt("vendorCode"));

        String page = application.read("migrations?format=html");
        assertSays(page, "MIGR-501", "2_insert_items.sql", "INSERT INTO itme VALUES", "42S02");
        assertDoesNotSay(page, "\tat ");
        assertDoesNotSay(page, "jdbc:h2");
    }

    @Test
    void health_is_up_or_down_for_anyone() {
        HttpResponse<String> up = server.deploy(upToDate()).get("migrations/health");
        assertEquals(200, up.statusCode(), up::body);
        assertEquals("UP", object(up).getString("status"));

        HttpResponse<String> down =
                server.deploy(BrokenWar.inDevelopment(server.newDatabase())).get("migrations/health");
        assertEquals(503, down.statusCode(), down::body);
        assertEquals("DOWN", object(down).getString("status"));
    }

    @Test
    void every_answer_forbids_to_store_it_to_guess_its_type_and_to_run_what_is_inline() {
        Application application = server.deploy(upToDate());
        for (String path :
                new String[] {"migrations", "migrations?format=html", "migrations/health", "migrations/no"}) {
            HttpResponse<String> answer = application.get(path);
            assertEquals("no-store", header(answer, "Cache-Control"), path);
            assertEquals("nosniff", header(answer, "X-Content-Type-Options"), path);
            assertSays(header(answer, "Content-Security-Policy"), "default-src");
            assertDoesNotSay(header(answer, "Content-Security-Policy"), "unsafe-inline");
        }
    }

    @Test
    void what_nobody_understands_is_told_by_the_status_code() {
        Application application = server.deploy(upToDate());
        assertEquals(404, application.get("migrations/no").statusCode());
        assertEquals(400, application.get("migrations?format=xml").statusCode());
        assertEquals(405, application.post("migrations").statusCode());
    }

    @Test
    void each_block_has_a_document_of_its_own() {
        Application application = server.deploy(TestWar.named("furniture")
                .beansXml(
                        TestWar.block(
                                "orders",
                                "data-source",
                                server.newDatabase(),
                                "location",
                                "db/orders",
                                "status-access",
                                "open"),
                        TestWar.block("stock", "data-source", server.newDatabase(), "location", "db/stock"))
                .resource("db/orders/scripts/1_create_order.sql", "CREATE TABLE customer_order (id BIGINT);")
                .resource("db/stock/scripts/1_create_shelf.sql", "CREATE TABLE shelf (id BIGINT);"));
        assertEquals(2, application.status().getJsonArray("databases").size());
        JsonObject stock = application.json("migrations/stock?format=json");
        assertEquals(1, stock.getJsonArray("databases").size());
        assertEquals("stock", stock.getJsonArray("databases").getJsonObject(0).getString("name"));
        assertEquals(404, application.get("migrations/shelves").statusCode());
    }

    @Test
    void the_status_answers_where_it_is_told_to() {
        Application application = server.deploy(upToDate(server.newDatabase(), "status-path", "/internal/database"));
        assertType(JSON, application.get("internal/database"));
        assertEquals(200, application.get("internal/database/health").statusCode());
        assertEquals(404, application.get("migrations").statusCode());
    }

    @Test
    void the_status_can_be_switched_off() {
        Application application = server.deploy(upToDate(server.newDatabase(), "status-path", "off"));
        assertEquals(404, application.get("migrations").statusCode());
        assertEquals(404, application.get("migrations/health").statusCode());
    }

    private TestWar upToDate() {
        return upToDate(server.newDatabase());
    }

    private static TestWar upToDate(String database, String... more) {
        String[] settings = {"data-source", database, "status-access", "open"};
        String[] all = Stream.concat(Stream.of(settings), Stream.of(more)).toArray(String[]::new);
        return TestWar.named("furniture")
                .settings(all)
                .script("001_create_item.sql", "CREATE TABLE item (name VARCHAR(100));")
                .script("002_insert_item.sql", "INSERT INTO item VALUES ('chair');");
    }

    private static void assertType(String type, HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer::body);
        assertTrue(header(answer, "Content-Type").startsWith(type), header(answer, "Content-Type"));
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static JsonObject object(HttpResponse<String> answer) {
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }
}
