package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.DelegatingDataSource;
import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.TestNaming;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request can have done, and who may. */
class ActionsTest {
    private static final String LOGIN_CONFIG = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <login-config><auth-method>BASIC</auth-method></login-config>
            </web-app>
            """;
    private static final String BROKEN =
            "CREATE TABLE fine (id INT);\nINSERT INTO fine VALUES (1);\nINSERT INTO nowhere VALUES (1);\n";

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

    private Shop development() {
        return shop.with("environment=development", "actions=on");
    }

    /** As a program on this machine does. */
    private static HttpResponse<String> post(JettyServer server, String path, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        all[0] = "X-Requested-With";
        all[1] = "curl";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return server.send("POST", path, all);
    }

    private static String code(HttpResponse<String> response) {
        return String.valueOf(Shop.object(Shop.json(response), "error").get("code"));
    }

    @Test
    void actions_are_off_unless_they_are_switched_on() throws Exception {
        JettyServer server = shop.with("environment=development").started();
        for (String path : List.of("/migrations/run", "/migrations/default/run", "/migrations/undo?steps=1")) {
            assertEquals(404, post(server, path).statusCode(), path);
        }
    }

    @Test
    void run_applies_what_is_pending_and_answers_with_the_status() throws Exception {
        shop.script("2_broken.sql", BROKEN);
        JettyServer server = development().started();
        assertEquals("FAILED", Shop.database(server.get("/migrations")).get("status"));

        shop.script("2_broken.sql", BROKEN).execute("CREATE TABLE nowhere (id INT)");
        HttpResponse<String> answer = post(server, "/migrations/run");

        assertEquals(200, answer.statusCode(), answer.body());
        Map<String, Object> database = Shop.database(answer);
        assertEquals("UP_TO_DATE", database.get("status"));
        assertNull(database.get("failure"));
        assertEquals("UP", Shop.json(server.get("/migrations/health")).get("status"));
    }

    @Test
    void run_that_fails_is_500_and_tells_of_what() throws Exception {
        shop.script("2_broken.sql", BROKEN);
        JettyServer server = development().started();

        HttpResponse<String> answer = post(server, "/migrations/default/run");

        assertEquals(500, answer.statusCode());
        assertEquals("MIGR-501", Shop.object(Shop.database(answer), "failure").get("code"));
    }

    @Test
    void run_outside_of_the_window_is_refused_and_says_when_it_opens() throws Exception {
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        DateTimeFormatter minutes = DateTimeFormatter.ofPattern("HH:mm");
        String window = minutes.format(now.plusHours(3)) + "-" + minutes.format(now.plusHours(5));
        JettyServer server = development().with("window=" + window).started();

        HttpResponse<String> answer = post(server, "/migrations/run");

        assertEquals(409, answer.statusCode(), answer.body());
        assertEquals("MIGR-446", code(answer));
    }

    @Test
    void reset_forgets_a_failed_attempt() throws Exception {
        shop.script("2_broken.sql", BROKEN);
        JettyServer server = development().started();

        HttpResponse<String> answer = post(server, "/migrations/reset?revision=2");

        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(
                "PENDING", Shop.list(Shop.database(answer), "revisions").get(1).get("state"));
        assertEquals("PENDING", Shop.database(answer).get("status"));
        assertEquals(503, server.get("/migrations/health").statusCode());
    }

    @Test
    void resolve_settles_a_revision_as_the_person_says() throws Exception {
        shop.script("2_broken.sql", BROKEN);
        JettyServer server = development().started();

        HttpResponse<String> answer = post(server, "/migrations/resolve?revision=2&as=applied");

        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("UP_TO_DATE", Shop.database(answer).get("status"));
        assertEquals(
                409,
                post(server, "/migrations/resolve?revision=2&as=applied").statusCode(),
                "there is nothing to settle any more");
    }

    @Test
    void resolve_counts_nothing_as_applied_above_the_target() throws Exception {
        shop.script("2_broken.sql", BROKEN);
        JettyServer server = development().with("target=1").started();
        shop.execute("INSERT INTO CHANGELOG_HISTORY (ATTEMPT, REVISION, KIND, OUTCOME, STATEMENTS, DONE, STARTED_AT)"
                + " VALUES (8, 2, 'APPLY', 'FAILED', 3, 1, '2026-01-01T00:00:00Z')");

        HttpResponse<String> answer = post(server, "/migrations/resolve?revision=2&as=applied");

        assertEquals(409, answer.statusCode(), answer.body());
        assertEquals("MIGR-416", code(answer));
    }

    /** The one that is settled was not the only one that a run would be refused for. */
    @ParameterizedTest
    @ValueSource(strings = {"migrate", "validate"})
    void health_is_up_when_the_last_is_settled_that_was_in_the_way(String mode) throws Exception {
        shop.script("2_b.sql", "CREATE TABLE b (id INT);\n").script("3_c.sql", "CREATE TABLE c (id INT);\n");
        shop.execute(CHANGELOG).execute("INSERT INTO CHANGELOG VALUES (3, '2026-01-01 00:00:00', 'c')");
        JettyServer server =
                development().with("on-failure=warn", "mode=" + mode).started();
        assertEquals(503, server.get("/migrations/health").statusCode());

        HttpResponse<String> one = post(server, "/migrations/resolve?revision=1&as=skip");
        assertEquals(200, one.statusCode(), one.body());
        assertEquals(503, server.get("/migrations/health").statusCode());

        HttpResponse<String> other = post(server, "/migrations/resolve?revision=2&as=skip");
        assertEquals("UP_TO_DATE", Shop.database(other).get("status"));
        assertEquals(200, server.get("/migrations/health").statusCode());
    }

    /** Whether something else is in the way, nobody knows then. */
    @Test
    void what_the_run_failed_of_stays_the_failure_where_no_look_behind_settling_is_answered() throws Exception {
        shop.script("2_b.sql", "CREATE TABLE b (id INT);\n");
        shop.execute(CHANGELOG).execute("INSERT INTO CHANGELOG VALUES (3, '2026-01-01 00:00:00', 'c')");
        Away away = new Away(shop.database());
        TestNaming.bind("java:comp/DefaultDataSource", away);
        JettyServer server = development().with("on-failure=warn").started();
        away.behind("CHANGELOG_HISTORY");

        HttpResponse<String> answer = post(server, "/migrations/resolve?revision=1&as=skip");

        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(List.of("SKIP"), shop.query("SELECT KIND FROM CHANGELOG_HISTORY"));
        away.behind("");
        Map<String, Object> failure = Shop.object(Shop.database(server.get("/migrations")), "failure");
        assertEquals("MIGR-401", failure.get("code"), failure.toString());
        assertEquals(503, server.get("/migrations/health").statusCode());
    }

    /** Its database can be reached until there is a table. */
    private static final class Away implements DelegatingDataSource {
        private final DataSource real;
        private String table = "";

        Away(DataSource real) {
            this.real = real;
        }

        void behind(String name) {
            table = name;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = real.getConnection();
            try (ResultSet tables = connection.getMetaData().getTables(null, null, table, null)) {
                if (!tables.next()) {
                    return connection;
                }
            }
            connection.close();
            throw new SQLException("the network is down", "08001");
        }
    }

    /** What it applied, this deployment would refuse to start on; but that has started, and done its work. */
    @Test
    void to_forget_what_a_newer_release_left_leaves_the_health_up() throws Exception {
        JettyServer server = development().with("newer=fail").started();
        shop.execute("INSERT INTO CHANGELOG VALUES (8, '2026-01-01 00:00:00', 'newer')")
                .execute(
                        "INSERT INTO CHANGELOG_HISTORY (ATTEMPT, REVISION, KIND, OUTCOME, STATEMENTS, DONE, STARTED_AT)"
                                + " VALUES (8, 9, 'APPLY', 'FAILED', 2, 1, '2026-01-01T00:00:00Z')");

        HttpResponse<String> answer = post(server, "/migrations/reset?revision=9");

        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(200, server.get("/migrations/health").statusCode());
    }

    @Test
    void undo_takes_back_the_newest_revisions() throws Exception {
        shop.script("2_b.sql", "CREATE TABLE b (id INT);\n-- //@UNDO\nDROP TABLE b;\n");
        JettyServer server = development().started();

        HttpResponse<String> one = post(server, "/migrations/undo?steps=1");
        assertEquals(200, one.statusCode(), one.body());
        assertEquals("PENDING", Shop.database(one).get("status"));
        assertEquals("1", Shop.database(one).get("current"));
        assertEquals(
                List.of("someone from 127.0.0.1"),
                shop.query("SELECT ACTOR FROM CHANGELOG_HISTORY WHERE KIND = 'UNDO'"));

        assertEquals(200, post(server, "/migrations/default/run").statusCode());
        HttpResponse<String> down = post(server, "/migrations/default/undo?to=1");
        assertEquals(200, down.statusCode(), down.body());
        assertEquals("1", Shop.database(down).get("current"));
    }

    /** The application runs on a schema that it does not expect: nobody is to be sent to it until it is there again. */
    @Test
    void the_health_is_down_from_an_undo_until_what_was_undone_is_applied_again() throws Exception {
        shop.script("2_b.sql", "CREATE TABLE b (id INT);\n-- //@UNDO\nDROP TABLE b;\n");
        JettyServer server = development().started();

        post(server, "/migrations/undo?steps=1");
        HttpResponse<String> undone = server.get("/migrations/health");
        assertEquals(503, undone.statusCode());
        assertEquals("DOWN", Shop.json(undone).get("status"));

        post(server, "/migrations/run");
        assertEquals(200, server.get("/migrations/health").statusCode());
    }

    @Test
    void the_health_stays_up_when_an_undo_takes_back_what_lies_above_the_target() throws Exception {
        shop.script("2_b.sql", "CREATE TABLE b (id INT);\n-- //@UNDO\nDROP TABLE b;\n");
        development().with("target=1").execute(CHANGELOG);
        shop.execute("CREATE TABLE product (id INT)")
                .execute("CREATE TABLE b (id INT)")
                .execute("INSERT INTO CHANGELOG VALUES (1, '2026-01-05 09:00:00', 'create product')")
                .execute("INSERT INTO CHANGELOG VALUES (2, '2026-01-05 09:00:00', 'b')");
        JettyServer server = shop.started();

        HttpResponse<String> undone = post(server, "/migrations/undo?steps=1");

        assertEquals(200, undone.statusCode(), undone.body());
        assertEquals("1", Shop.database(undone).get("current"));
        assertEquals(200, server.get("/migrations/health").statusCode());
    }

    /** Nothing was done, and the application has the schema that it had. */
    @ParameterizedTest
    @CsvSource({"/migrations/undo?to=99,404", "/migrations/undo?steps=1,409"})
    void what_is_refused_leaves_status_and_health_as_they_were(String path, int status) throws Exception {
        shop.script("2_b.sql", "CREATE TABLE b (id INT);\n");
        JettyServer server = development().started();

        assertEquals(status, post(server, path).statusCode());

        assertEquals(200, server.get("/migrations/health").statusCode());
        assertEquals("UP_TO_DATE", Shop.database(server.get("/migrations")).get("status"));
    }

    @Test
    void a_refusal_for_several_reasons_tells_each_of_them() throws Exception {
        shop.script("2_b.sql", "CREATE TABLE b (id INT);\n");
        JettyServer server = development().with("newer=fail").started();
        shop.execute("INSERT INTO CHANGELOG VALUES (8, '2026-01-01 00:00:00', 'newer')")
                .execute("DELETE FROM CHANGELOG WHERE ID = 1")
                .execute("DELETE FROM CHANGELOG_HISTORY WHERE REVISION = 1");

        HttpResponse<String> answer = post(server, "/migrations/run");
        String page = post(server, "/migrations/run", "Accept", "text/html").body();

        assertEquals(409, answer.statusCode(), answer.body());
        assertEquals("MIGR-400", code(answer));
        String what = Shop.object(Shop.json(answer), "error").get("what").toString();
        for (String code : List.of("MIGR-401", "MIGR-406")) {
            assertTrue(what.contains("\n" + code), what);
            assertTrue(page.contains(code), page);
        }
    }

    @Test
    void a_browser_is_told_that_nobody_knows_the_revision() throws Exception {
        JettyServer server = development().started();

        HttpResponse<String> answer = post(server, "/migrations/undo?to=99", "Accept", "text/html");

        assertEquals(404, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("99"), answer.body());
    }

    /** Nothing was done, and the application runs on the schema that it knows. */
    @ParameterizedTest
    @ValueSource(strings = {"/migrations/run", "/migrations/undo?steps=1", "/migrations/reset?revision=1"})
    void what_does_not_reach_the_database_is_told_and_leaves_status_and_health_as_they_were(String path)
            throws Exception {
        JdbcDataSource database = (JdbcDataSource) Shop.bind("java:comp/DefaultDataSource");
        JettyServer server = development().started();
        String url = database.getURL();
        database.setURL(url + ";INIT=SELECT away FROM now");

        HttpResponse<String> answer = post(server, path);
        HttpResponse<String> page = post(server, path, "Accept", "text/html");
        HttpResponse<String> away = server.get("/migrations/health");
        database.setURL(url);

        assertEquals(500, answer.statusCode(), answer.body());
        assertEquals("MIGR-303", code(answer));
        assertEquals(500, page.statusCode(), page.body());
        assertTrue(page.body().contains("MIGR-303"), page.body());
        assertEquals(200, away.statusCode(), away.body());
        assertEquals(
                "UP_TO_DATE", Shop.database(post(server, "/migrations/run")).get("status"));
    }

    /** Behind a proxy that calls the server by another name, only the browser knows. */
    @Test
    void what_a_browser_says_comes_from_the_same_site_does() throws Exception {
        JettyServer server = development().started();

        HttpResponse<String> answer =
                post(server, "/migrations/run", "Sec-Fetch-Site", "same-origin", "Origin", "https://shop.example");

        assertEquals(200, answer.statusCode(), answer.body());
    }

    @Test
    void a_parameter_that_cannot_be_decoded_is_named() throws Exception {
        JettyServer server = development().started();
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/migrations/undo"))
                .header("X-Requested-With", "curl")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("to=%zz"))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("The parameter to is"), answer.body());
    }

    /** The application runs: a run that fails later does not stop it. */
    @Test
    void a_failed_run_of_a_person_is_not_called_a_blocked_deployment() throws Exception {
        JettyServer server = development().with("on-failure=block", "target=1").started();
        shop.execute("ALTER TABLE CHANGELOG_HISTORY ADD CONSTRAINT never CHECK (KIND <> 'UNDO')");

        assertEquals(500, post(server, "/migrations/undo?steps=1").statusCode());

        assertEquals("the application", server.get("/").body());
        String page = server.get("/migrations?format=html").body();
        assertTrue(page.contains("<h1>Failed</h1>"), page);
        assertFalse(page.contains("answers no request"), page);
        assertFalse(page.contains("on-failure=warn"), page);
    }

    @Test
    void what_has_no_undo_part_is_not_undone() throws Exception {
        shop.script("2_b.sql", "CREATE TABLE b (id INT);\n");
        JettyServer server = development().started();
        HttpResponse<String> answer = post(server, "/migrations/undo?steps=1");
        assertEquals(409, answer.statusCode(), answer.body());
        assertEquals(List.of("1", "2"), shop.query("SELECT ID FROM CHANGELOG ORDER BY ID"));
    }

    @Test
    void the_history_says_who_did_it() throws Exception {
        shop.script("2_broken.sql", BROKEN);
        JettyServer server = development().started();
        post(server, "/migrations/reset?revision=2");
        assertEquals(
                List.of("someone from 127.0.0.1"),
                shop.query("SELECT ACTOR FROM CHANGELOG_HISTORY WHERE KIND = 'RESET'"));
    }

    @ParameterizedTest
    @CsvSource({
        "/migrations/reset,400",
        "/migrations/reset?revision=x,400",
        "/migrations/reset?revision=1&revision=2,400",
        "/migrations/resolve?revision=1&as=whatever,400",
        "/migrations/resolve?revision=1,400",
        "/migrations/undo,400",
        "/migrations/undo?steps=0,400",
        "/migrations/undo?steps=-1,400",
        "/migrations/undo?to=x,400",
        "/migrations/undo?to=99,404",
        "/migrations/undo?to=1&steps=1,400",
        "/migrations/reset?revision=99,404",
        "/migrations/reset?revision=1,409",
        "/migrations/resolve?revision=99&as=applied,404",
        "/migrations/nothing/run,404",
        "/migrations/default/default/run,404",
        "/migrations,405",
        "/migrations/default,405",
        "/migrations/health,405"
    })
    void what_makes_no_sense_is_refused(String path, int status) throws Exception {
        JettyServer server = development().started();
        HttpResponse<String> answer = post(server, path);
        assertEquals(status, answer.statusCode(), answer.body());
    }

    @Test
    void other_methods_are_told_which_one_it_is() throws Exception {
        JettyServer server = development().started();
        HttpResponse<String> answer = server.get("/migrations/run");
        assertEquals(405, answer.statusCode());
        assertEquals("POST", answer.headers().firstValue("Allow").orElse(""));
    }

    @Test
    void a_body_is_bounded_and_has_to_be_a_form() throws Exception {
        JettyServer server = development().started();
        assertEquals(413, send(server, "a=" + "b".repeat(10_000), "application/x-www-form-urlencoded"));
        assertEquals(415, send(server, "{}", "application/json"));
        assertEquals(200, send(server, "x=y", "application/x-www-form-urlencoded; charset=UTF-8"));
        assertEquals(415, send(server, "x=y", "text/plain; charset=<none>"));
    }

    private static int send(JettyServer server, String body, String type) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.address() + "/migrations/run"))
                                .header("X-Requested-With", "test")
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void with_several_databases_the_path_names_one() throws Exception {
        Shop.bind("java:comp/env/jdbc/stock");
        JettyServer server = shop.with(
                        "environment=development",
                        "actions=on",
                        "stock.location=stock/migrations",
                        "orders.mode=migrate")
                .file("WEB-INF/classes/stock/migrations/scripts/1_a.sql", "CREATE TABLE a (id INT);\n")
                .with("stock.data-source=java:comp/env/jdbc/stock", "stock.environment=development")
                .started();
        assertEquals(400, post(server, "/migrations/run").statusCode());
        assertEquals(200, post(server, "/migrations/stock/run").statusCode());
    }

    @Test
    void a_request_without_the_header_of_a_program_is_refused() throws Exception {
        JettyServer server = development().started();
        HttpResponse<String> answer = server.send("POST", "/migrations/run");
        assertEquals(403, answer.statusCode());
        assertEquals("MIGR-728", code(answer));
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site,cross-site",
        "Sec-Fetch-Site,same-site",
        "Sec-Fetch-Site,none",
        "Origin,https://evil.example",
        "Origin,null"
    })
    void a_request_that_another_site_makes_a_browser_send_is_refused(String header, String value) throws Exception {
        JettyServer server = development().started();
        HttpResponse<String> answer = post(server, "/migrations/run", header, value);
        assertEquals(403, answer.statusCode());
        assertEquals("MIGR-728", code(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded"})
    void in_development_a_request_through_a_proxy_is_not_of_this_machine(String header) throws Exception {
        JettyServer server = development().started();
        HttpResponse<String> answer = post(server, "/migrations/run", header, "10.0.0.7");
        assertEquals(403, answer.statusCode());
        assertEquals("MIGR-729", code(answer));
    }

    @Test
    void in_production_it_takes_the_role() throws Exception {
        shop.with("actions=on").file("WEB-INF/web.xml", LOGIN_CONFIG);
        JettyServer server = shop.deployed()
                .login(new BasicAuthenticator(), "anna", "migrations-admin")
                .start();
        assertEquals(401, post(server, "/migrations/run").statusCode());
        assertEquals(
                200, post(server, "/migrations/run", JettyServer.as("anna")).statusCode());
    }

    @Test
    void in_production_a_reader_may_not_act() throws Exception {
        shop.with("actions=on").file("WEB-INF/web.xml", LOGIN_CONFIG);
        JettyServer server = shop.deployed()
                .login(new BasicAuthenticator(), "otto", "migrations")
                .start();
        HttpResponse<String> answer = post(server, "/migrations/run", JettyServer.as("otto"));
        assertEquals(403, answer.statusCode());
        assertEquals("MIGR-730", code(answer));
    }

    @Test
    void in_production_without_a_login_nobody_may() throws Exception {
        JettyServer server = shop.with("actions=on", "status-access=open").started();
        HttpResponse<String> answer = post(server, "/migrations/run");
        assertEquals(403, answer.statusCode());
        assertEquals("MIGR-731", code(answer));
    }

    @Test
    void of_two_at_once_one_is_told_to_come_again() throws Exception {
        shop.script(
                        "2_slow.sql",
                        "CREATE ALIAS SLEEP FOR \"java.lang.Thread.sleep(long)\";\nINSERT INTO nowhere VALUES (1);\n")
                .with("environment=development", "actions=on");
        JettyServer server = shop.started();
        shop.execute("CREATE TABLE nowhere (id INT)")
                .execute("CREATE TRIGGER slow BEFORE INSERT ON nowhere FOR EACH ROW CALL \""
                        + SlowTrigger.class.getName() + "\"");
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> {
            try {
                return post(server, "/migrations/run").statusCode();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        SlowTrigger.BEGUN.acquire();
        assertEquals(409, post(server, "/migrations/run").statusCode());
        Map<String, Object> database = Shop.database(server.get("/migrations"));
        SlowTrigger.GO_ON.release();
        assertEquals(200, first.join());
        assertEquals("RUNNING", database.get("status"));
        Map<String, Object> progress = Shop.object(Shop.object(database, "running"), "progress");
        assertEquals("2_slow.sql", progress.get("script"));
        assertTrue(progress.get("statements").toString().equals("2"), progress.toString());
    }
}
