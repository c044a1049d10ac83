package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may act. The users and their roles are in src/test/wildfly. */
@ExtendWith(ArquillianExtension.class)
class ActionsIT {
    private static final String LOGIN = "<login-config><auth-method>BASIC</auth-method></login-config>";

    @RegisterExtension
    final Server server = new Server();

    @Test
    void each_path_asks_whoever_is_not_logged_in_refuses_the_reader_and_lets_the_admin_in() {
        Application application = server.deploy(war("actions", "on").webXml(LOGIN));
        for (String path : List.of("run", "default/run", "reset?revision=1", "default/resolve?revision=1&as=skip")) {
            assertEquals(401, post(application, path).statusCode(), path);
            assertEquals(403, post(application, path, as("reader")).statusCode(), path);
            int admitted = post(application, path, as("admin")).statusCode();
            assertEquals(path.endsWith("run") ? 200 : 409, admitted, path);
        }
    }

    @Test
    void they_are_not_there_unless_they_are_switched_on() {
        Application application = server.deploy(war().webXml(LOGIN));
        assertEquals(404, post(application, "run", as("admin")).statusCode());
    }

    @Test
    void in_development_a_caller_on_this_machine_may_mend_a_failed_run() {
        String database = server.newDatabase();
        Application application = server.deploy(TestWar.named("furniture")
                .settings("data-source", database, "environment", "development", "actions", "on")
                .script("1_create_item.sql", "CREATE TABLE item (name VARCHAR(100));")
                .script("2_insert_items.sql", "INSERT INTO itme VALUES ('table');"));
        assertEquals(500, post(application, "run").statusCode());

        HttpResponse<String> settled = post(application, "resolve?revision=2&as=applied");

        assertEquals(200, settled.statusCode(), settled::body);
        assertEquals("UP_TO_DATE", application.status().getString("status"));
        assertSays(
                application.query(database, "SELECT ACTOR FROM CHANGELOG_HISTORY WHERE KIND = 'ACCEPT'"),
                "from 127.0.0.1");
    }

    private TestWar war(String... settings) {
        List<String> all = new ArrayList<>(List.of("data-source", server.newDatabase()));
        all.addAll(List.of(settings));
        return TestWar.named("furniture")
                .settings(all.toArray(String[]::new))
                .script("1_create_item.sql", "CREATE TABLE item (name VARCHAR(100));");
    }

    private static HttpResponse<String> post(Application application, String path, String... headers) {
        List<String> all = new ArrayList<>(List.of("X-Requested-With", "test"));
        all.addAll(List.of(headers));
        return application.post("migrations/" + path, all.toArray(String[]::new));
    }

    private static String[] as(String user) {
        String credentials = user + ":" + user + "-password";
        return new String[] {
            "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))
        };
    }
}
