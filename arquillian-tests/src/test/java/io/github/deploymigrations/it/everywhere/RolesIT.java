package io.github.deploymigrations.it.everywhere;

import static io.github.deploymigrations.it.TextAssertions.assertDoesNotSay;
import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.it.Application;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Who may read and who may act. The users and their roles are in the files of the server. */
class RolesIT extends EverywhereTest {
    private static final String LOGIN = "<login-config><auth-method>BASIC</auth-method></login-config>";

    @Test
    void the_status_asks_whoever_is_not_logged_in_refuses_strangers_and_lets_readers_in() {
        Application application = deployed();
        HttpResponse<String> unknown = application.get("migrations");
        assertEquals(401, unknown.statusCode(), unknown::body);
        assertSays(unknown.headers().firstValue("WWW-Authenticate").orElse(""), "Basic");
        assertDoesNotSay(unknown.body(), "create item");

        HttpResponse<String> stranger = application.get("migrations", as("stranger"));
        assertEquals(403, stranger.statusCode(), stranger::body);
        assertDoesNotSay(stranger.body(), "create item");

        assertSays(application.read("migrations", as("reader")), "create item");
        assertEquals("UP", application.json("migrations/health").getString("status"));
    }

    @Test
    void actions_ask_whoever_is_not_logged_in_refuse_readers_and_let_admins_act() {
        Application application = deployed();
        assertEquals(
                401,
                application.post("migrations/run", "X-Requested-With", "test").statusCode());
        assertEquals(403, run(application, "reader").statusCode());
        HttpResponse<String> admitted = run(application, "admin");
        assertEquals(200, admitted.statusCode(), admitted::body);
        // from another site
        assertEquals(403, application.post("migrations/run", as("admin")).statusCode());
    }

    private static HttpResponse<String> run(Application application, String user) {
        return application.post("migrations/run", "X-Requested-With", "test", as(user)[0], as(user)[1]);
    }

    private Application deployed() {
        return deploy(
                settings(ENVIRONMENT.referring(war("furniture"), LOGIN), ENVIRONMENT.dataSource(), "actions", "on")
                        .script("1_create_item.sql", "CREATE TABLE item (name VARCHAR(100));"));
    }

    private static String[] as(String user) {
        byte[] credentials = (user + ":" + user + "-password").getBytes(StandardCharsets.UTF_8);
        return new String[] {"Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials)};
    }
}
