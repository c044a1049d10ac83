package io.github.deploymigrations.it.everywhere;

import static io.github.deploymigrations.it.TextAssertions.assertDoesNotSay;
import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.deploymigrations.it.Application;
import io.github.deploymigrations.it.TestWar;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class StatusIT extends EverywhereTest {
    @Test
    void a_page_for_people_a_document_for_programs_and_a_line_for_probes() {
        Application application = deploy(withScript(furniture("status-access", "open")));
        HttpResponse<String> page = application.get("migrations", "Accept", "text/html");
        assertEquals(200, page.statusCode(), page::body);
        assertSays(page.body(), "<!DOCTYPE html>", "create item");
        assertSays(page.headers().firstValue("Content-Security-Policy").orElse(""), "default-src");

        JsonObject status = application.status();
        assertEquals("UP_TO_DATE", status.getString("status"));
        JsonObject block = status.getJsonArray("databases").getJsonObject(0);
        assertEquals(ENVIRONMENT.dataSource(), block.getString("dataSource"));
        assertEquals("1", block.getString("current"));
        assertSays(block.getString("product"), "H2");

        assertEquals("UP", application.json("migrations/health").getString("status"));
        assertSays(application.read("migrations/metrics"), "mybatis_migrations_state");
        assertSays(application.read("migrations/plan?format=sql"), "--");
        assertEquals(200, application.get("migrations/page.css").statusCode());
        assertEquals(404, application.get("migrations/no").statusCode());
        assertEquals(405, application.post("migrations").statusCode());
    }

    @Test
    void a_failure_that_only_warns_is_on_the_page_and_in_the_document() {
        Application application = deploy(furniture("environment", "development", "status-access", "open")
                .script("1_insert_item.sql", "INSERT INTO itme VALUES ('table');"));
        JsonObject status = application.status();
        assertEquals("FAILED", status.getString("status"));
        JsonObject failure = status.getJsonArray("databases").getJsonObject(0).getJsonObject("failure");
        assertEquals("MIGR-501", failure.getString("code"));
        assertEquals(1, failure.getInt("line"));
        assertSays(application.read("migrations?format=html"), "MIGR-501", "INSERT INTO itme");
        assertEquals(503, application.get("migrations/health").statusCode());
        assertSays(log(), "MIGR-607");
    }

    @Test
    void without_a_login_in_the_WAR_nobody_reads_it_and_the_refusal_says_what_to_do() {
        HttpResponse<String> answer = deploy(withScript(furniture())).get("migrations");
        assertEquals(ENVIRONMENT.asksForPasswordsByItself() ? 401 : 403, answer.statusCode(), answer::body);
        assertEquals(!ENVIRONMENT.asksByPageOfItsOwn(), answer.body().contains("status-access"), answer::body);
        assertDoesNotSay(answer.body(), "create item");
    }

    @Test
    void where_the_server_has_no_JSON_Binding_a_program_is_told_which_jar_to_add() {
        assumeFalse(ENVIRONMENT.hasJsonBinding(), "the server has JSON Binding");
        TestWar war = ENVIRONMENT.referring(plainWar("furniture"), "");
        Application application = deploy(withScript(settings(war, ENVIRONMENT.dataSource(), "status-access", "open")));
        HttpResponse<String> answer = application.get("migrations?format=json");
        assertEquals(501, answer.statusCode(), answer::body);
        assertSays(answer.body(), "MIGR-732", "org.eclipse:yasson", "WEB-INF/lib");
        assertSays(log(), "MIGR-732");
        assertSays(application.read("migrations?format=html"), "create item");
        assertEquals("UP", application.json("migrations/health").getString("status"));
    }

    private static TestWar withScript(TestWar war) {
        return war.script("1_create_item.sql", "CREATE TABLE item (name VARCHAR(100));");
    }
}
