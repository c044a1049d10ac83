package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.JettyServer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.security.authentication.FormAuthenticator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusAccessTest {
    private static final String LOGIN_CONFIG = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <login-config><auth-method>BASIC</auth-method></login-config>
            </web-app>
            """;

    /** WildFly (39.0.1), also in an application that has a login. */
    private static final Server UNABLE_TO_ASK = response -> {
        throw new ServletException("UT010032: Authentication failed");
    };

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

    private JettyServer login(String user, String... roles) throws Exception {
        return shop.deployed().login(new BasicAuthenticator(), user, roles).start();
    }

    @Test
    void open_is_for_anyone() throws Exception {
        assertEquals(
                200,
                shop.with("status-access=open").started().get("/migrations").statusCode());
    }

    @Test
    void development_is_open() throws Exception {
        assertEquals(
                200,
                shop.with("environment=development")
                        .started()
                        .get("/migrations")
                        .statusCode());
    }

    @Test
    void without_a_login_in_the_application_the_answer_says_how_to_be_let_in() throws Exception {
        JettyServer server = shop.started();

        HttpResponse<String> json = server.get("/migrations");
        HttpResponse<String> html = server.get("/migrations/default?format=html");

        assertEquals(403, json.statusCode());
        assertEquals(403, html.statusCode());
        assertEquals("MIGR-709", Shop.object(Shop.json(json), "error").get("code"));
        for (String body : new String[] {json.body(), html.body()}) {
            assertTrue(body.contains("status-access"), body);
            assertTrue(body.contains("status-role"), body);
            assertTrue(body.contains("migrations"), body);
            assertFalse(body.contains("create product"), body);
        }
    }

    @Test
    void who_is_not_logged_in_is_asked_as_the_application_asks() throws Exception {
        HttpResponse<String> response = login("ann", "migrations").get("/migrations");

        assertEquals(401, response.statusCode());
        assertTrue(response.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Basic"));
        assertFalse(response.body().contains("create product"), response::body);
    }

    @Test
    void who_is_not_logged_in_is_sent_to_the_form_of_the_application() throws Exception {
        JettyServer server = shop.deployed()
                .login(new FormAuthenticator("/login", "/login", false), "ann", "migrations")
                .start();

        HttpResponse<String> response = server.get("/migrations");

        assertEquals(302, response.statusCode());
        assertTrue(response.headers().firstValue("Location").orElse("").contains("/shop/login"), response::toString);
    }

    @Test
    void who_is_not_logged_in_is_asked_by_the_server_where_a_servlet_cannot_ask() throws Exception {
        JettyServer server = shop.file("WEB-INF/web.xml", LOGIN_CONFIG)
                .deployed()
                .filter(new Asking(UNABLE_TO_ASK))
                .login(new BasicAuthenticator(), "ann", "migrations")
                .start();

        assertEquals(401, server.get("/migrations").statusCode());
        assertEquals(401, server.get("/migrations/default").statusCode());
        assertEquals(401, server.get("/migrations/metrics").statusCode());
        assertEquals(
                200, server.get("/migrations/metrics", JettyServer.as("ann")).statusCode());
        assertEquals(200, server.get("/migrations/schema.json").statusCode());
        assertEquals(200, server.get("/migrations", JettyServer.as("ann")).statusCode());
        assertEquals(
                200, server.get("/migrations/default", JettyServer.as("ann")).statusCode());
        assertEquals(200, server.get("/migrations/health").statusCode());
        assertEquals(200, server.get("/migrations/page.css").statusCode());
        assertEquals(200, server.get("/migrations/mark.svg").statusCode());
        assertEquals(
                "MIGR-708",
                Shop.object(Shop.json(server.get("/migrations/no")), "error").get("code"));
        assertEquals("the application", server.get("/").body());
    }

    @Test
    void who_was_asked_by_the_server_and_has_not_the_role_is_told_which() throws Exception {
        shop.file("WEB-INF/web.xml", LOGIN_CONFIG);
        HttpResponse<String> response = login("bob", "customer").get("/migrations", JettyServer.as("bob"));

        assertEquals(403, response.statusCode());
        assertEquals("MIGR-708", Shop.object(Shop.json(response), "error").get("code"));
    }

    @Test
    void open_is_open_in_an_application_with_a_login_too() throws Exception {
        shop.with("status-access=open").file("WEB-INF/web.xml", LOGIN_CONFIG);

        assertEquals(200, login("ann").get("/migrations").statusCode());
    }

    @Test
    void who_is_logged_in_is_not_asked_again() throws Exception {
        JettyServer server = shop.deployed()
                .filter(new Asking(UNABLE_TO_ASK))
                .login(new BasicAuthenticator(), "bob", "customer")
                .start();

        HttpResponse<String> response = server.get("/migrations", JettyServer.as("bob"));

        assertEquals("MIGR-708", Shop.object(Shop.json(response), "error").get("code"));
    }

    @Test
    void a_challenge_that_the_server_sends_as_an_error_is_answered_like_everything_else() throws Exception {
        JettyServer server = shop.deployed()
                .filter(new Asking(response -> {
                    response.setHeader("WWW-Authenticate", "Basic realm=\"shop\"");
                    response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
                    return false;
                }))
                .start();

        HttpResponse<String> response = server.get("/migrations");

        assertEquals(401, response.statusCode());
        assertEquals(Optional.of("Basic realm=\"shop\""), response.headers().firstValue("WWW-Authenticate"));
        assertEquals(Optional.of("no-store"), response.headers().firstValue("Cache-Control"));
        assertEquals("MIGR-708", Shop.object(Shop.json(response), "error").get("code"));
    }

    @Test
    void an_error_that_asks_nothing_is_no_challenge() throws Exception {
        JettyServer server = shop.deployed()
                .filter(new Asking(response -> {
                    response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
                    return false;
                }))
                .start();

        HttpResponse<String> response = server.get("/migrations");

        assertEquals(403, response.statusCode());
        assertEquals("MIGR-709", Shop.object(Shop.json(response), "error").get("code"));
    }

    @Test
    void a_login_that_lets_everyone_pass_is_no_login() throws Exception {
        JettyServer server =
                shop.deployed().filter(new Asking(response -> true)).start();

        assertEquals(403, server.get("/migrations").statusCode());
    }

    @Test
    void any_user_may_read_where_the_role_says_so() throws Exception {
        shop.with("status-role=**");
        JettyServer server = login("bob", "customer");

        assertEquals(200, server.get("/migrations", JettyServer.as("bob")).statusCode());
        assertEquals(401, server.get("/migrations").statusCode());
    }

    @Test
    void who_has_the_role_reads() throws Exception {
        HttpResponse<String> response = login("ann", "migrations").get("/migrations", JettyServer.as("ann"));

        assertEquals(200, response.statusCode());
        assertTrue(response.body().contains("create product"), response::body);
    }

    @Test
    void the_role_has_the_name_of_the_setting() throws Exception {
        shop.with("status-role=operator");
        JettyServer server = login("ann", "operator");

        assertEquals(200, server.get("/migrations", JettyServer.as("ann")).statusCode());
    }

    @Test
    void who_is_logged_in_without_the_role_is_told_which() throws Exception {
        HttpResponse<String> response = login("bob", "customer").get("/migrations", JettyServer.as("bob"));

        assertEquals(403, response.statusCode());
        assertEquals("MIGR-708", Shop.object(Shop.json(response), "error").get("code"));
        assertTrue(response.body().contains("status-role"), response::body);
        assertFalse(response.body().contains("create product"), response::body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/migrations?format=html&revision=", "/migrations/default?format=html&revision="})
    void the_script_of_a_revision_is_for_who_may_read(String revision) throws Exception {
        JettyServer server = login("bob", "customer");

        HttpResponse<String> stranger = server.get(revision + 1);
        HttpResponse<String> bob = server.get(revision + 1, JettyServer.as("bob"));
        HttpResponse<String> noRevision = server.get(revision + 99, JettyServer.as("bob"));

        assertEquals(401, stranger.statusCode());
        assertEquals(403, bob.statusCode());
        for (HttpResponse<String> refused : List.of(stranger, bob)) {
            assertFalse(refused.body().contains("CREATE TABLE"), refused::body);
            assertFalse(refused.body().contains("create product"), refused::body);
        }
        assertEquals(bob.body(), noRevision.body(), "which revisions there are is not told either");
    }

    @Test
    void who_may_read_sees_the_script_of_a_revision() throws Exception {
        HttpResponse<String> response =
                login("ann", "migrations").get("/migrations/default?revision=1&format=html", JettyServer.as("ann"));

        assertEquals(200, response.statusCode());
        assertTrue(response.body().contains("CREATE TABLE product"), response::body);
    }

    @Test
    void who_may_not_read_does_not_learn_which_blocks_there_are() throws Exception {
        JettyServer server = shop.started();

        assertEquals(403, server.get("/migrations/default").statusCode());
        assertEquals(403, server.get("/migrations/nothing").statusCode());
        assertEquals(403, server.send("POST", "/migrations/default").statusCode());
        assertEquals(403, server.send("POST", "/migrations/nothing").statusCode());
    }

    @Test
    void the_health_and_the_files_of_the_page_are_for_anyone() throws Exception {
        JettyServer server = shop.started();

        assertEquals(200, server.get("/migrations/health").statusCode());
        assertEquals("{\"status\":\"UP\"}", server.get("/migrations/health").body());
        assertEquals(200, server.get("/migrations/page.css").statusCode());
        assertEquals(200, server.get("/migrations/schema.json").statusCode());
        assertEquals(403, server.get("/migrations/metrics").statusCode());
        assertEquals(
                Optional.of("no-store"),
                server.get("/migrations/health").headers().firstValue("Cache-Control"));
    }

    @Test
    void a_login_that_breaks_lets_nobody_in_and_shows_no_stack_trace() throws Exception {
        JettyServer server = shop.deployed().filter(new BrokenLogin()).start();

        HttpResponse<String> response = server.get("/migrations?format=html");

        assertEquals(500, response.statusCode());
        assertEquals("MIGR-710 The status could not be shown. The server's log tells why.\n", response.body());
        assertEquals(Optional.of("no-store"), response.headers().firstValue("Cache-Control"));
        assertEquals(200, server.get("/migrations/health").statusCode());
    }

    @Test
    void credentials_that_nobody_can_decode_are_refused_and_no_defect_of_ours() throws Exception {
        JettyServer server = login("ann", "migrations");

        assertEquals(
                403,
                server.get("/migrations", "Authorization", "Basic Bearer x").statusCode());
        assertEquals(
                200,
                server.get("/migrations/health", "Authorization", "Basic Bearer x")
                        .statusCode());
    }

    private static final class BrokenLogin extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(
                    new HttpServletRequestWrapper(request) {
                        @Override
                        public boolean isUserInRole(String role) {
                            throw new IllegalStateException("the directory does not answer");
                        }
                    },
                    response);
        }
    }

    /** What a server does when a servlet asks who the user is. */
    private interface Server {
        boolean authenticate(HttpServletResponse response) throws IOException, ServletException;
    }

    /** Lets servlets ask this server instead of Jetty. */
    private static final class Asking extends HttpFilter {
        private static final long serialVersionUID = 1L;

        private final transient Server server;

        Asking(Server server) {
            this.server = server;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(
                    new HttpServletRequestWrapper(request) {
                        @Override
                        public boolean authenticate(HttpServletResponse given) throws IOException, ServletException {
                            return server.authenticate(given);
                        }
                    },
                    response);
        }
    }
}
