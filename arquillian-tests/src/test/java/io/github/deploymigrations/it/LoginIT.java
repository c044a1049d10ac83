package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertDoesNotSay;
import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may read the status. The users and their roles are in src/test/wildfly. */
@ExtendWith(ArquillianExtension.class)
class LoginIT {
    private static final String LOGIN = "<login-config><auth-method>BASIC</auth-method></login-config>";

    @RegisterExtension
    final Server server = new Server();

    @Test
    void whoever_is_not_logged_in_is_asked_to() {
        HttpResponse<String> answer = server.deploy(war().webXml(LOGIN)).get("migrations");
        assertEquals(401, answer.statusCode(), answer::body);
        assertSays(answer.headers().firstValue("WWW-Authenticate").orElse(""), "Basic");
        assertDoesNotSay(answer.body(), "create item");
    }

    @Test
    void a_user_without_the_role_is_refused_and_told_of_it() {
        HttpResponse<String> answer = server.deploy(war().webXml(LOGIN)).get("migrations", as("stranger"));
        assertEquals(403, answer.statusCode(), answer::body);
        assertSays(answer.body(), "migrations");
        assertDoesNotSay(answer.body(), "create item");
    }

    @Test
    void a_user_with_the_role_reads_the_status() {
        assertSays(server.deploy(war().webXml(LOGIN)).read("migrations", as("reader")), "create item");
    }

    @Test
    void without_a_login_mechanism_the_refusal_says_how_to_be_let_in() {
        HttpResponse<String> answer = server.deploy(war()).get("migrations");
        assertEquals(403, answer.statusCode(), answer::body);
        assertSays(answer.body(), "status-access", "login-config");
        assertDoesNotSay(answer.body(), "create item");
    }

    @Test
    void the_health_is_told_to_anyone() {
        assertEquals("{\"status\":\"UP\"}", server.deploy(war().webXml(LOGIN)).read("migrations/health"));
    }

    @Test
    void the_health_tells_more_to_who_may_read_the_status_and_asks_nobody_to_log_in() {
        Application application = server.deploy(war().webXml(LOGIN));
        assertSays(application.read("migrations/health", as("reader")), "\"checks\"");
        assertDoesNotSay(application.read("migrations/health", as("stranger")), "checks");
    }

    @Test
    void the_metrics_are_for_who_may_read_the_status() {
        Application application = server.deploy(war().webXml(LOGIN));
        assertEquals(401, application.get("migrations/metrics").statusCode());
        assertEquals(403, application.get("migrations/metrics", as("stranger")).statusCode());
        assertSays(application.read("migrations/metrics", as("reader")), "mybatis_migrations_state");
    }

    @Test
    void the_plan_asks_whoever_is_not_logged_in() {
        Application application = server.deploy(war().webXml(LOGIN));
        for (String path : List.of("migrations/plan", "migrations/default/plan")) {
            assertEquals(401, application.get(path).statusCode(), path);
            assertEquals(403, application.get(path, as("stranger")).statusCode(), path);
            assertEquals(200, application.get(path, as("reader")).statusCode(), path);
        }
    }

    @Test
    void the_script_of_a_revision_is_for_who_may_read_the_status() {
        Application application = server.deploy(war().webXml(LOGIN));
        String revision = "migrations/default?revision=1&format=html";

        assertEquals(401, application.get(revision).statusCode());
        HttpResponse<String> refused = application.get(revision, as("stranger"));
        assertEquals(403, refused.statusCode());
        assertDoesNotSay(refused.body(), "CREATE TABLE");
        assertSays(application.read(revision, as("reader")), "CREATE TABLE");
    }

    private TestWar war() {
        return TestWar.named("furniture")
                .settings("data-source", server.newDatabase())
                .script("1_create_item.sql", "CREATE TABLE item (name VARCHAR(100));");
    }

    private static String[] as(String user) {
        String credentials = user + ":" + user + "-password";
        return new String[] {
            "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))
        };
    }
}
