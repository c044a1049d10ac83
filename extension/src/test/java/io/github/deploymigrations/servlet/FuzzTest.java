package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.AnswerSchema;
import io.github.deploymigrations.testing.Draw;
import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.RawClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of requests that nobody would send who means well: each is answered, by 2xx, 3xx or 4xx, with the headers
 * that keep a browser safe, and nothing of it comes back as markup. {@code -Dfuzz.count} sends more, {@code
 * -Dproperty.seed=-1} others.
 */
class FuzzTest {
    private static final int COUNT = Integer.getInteger("fuzz.count", 10_000);
    private static final String MARK = "<fuzz-";
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void build() {
        JETTY.setLevel(Level.SEVERE);
        shop = new Shop(folder).script("1_create_product.sql", Shop.CREATE);
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
        JETTY.setLevel(null);
    }

    @Test
    void an_open_status_answers_everything() throws Exception {
        fuzz(shop.with("status-access=open").started(), Set.of());
    }

    @Test
    void a_status_that_acts_answers_everything() throws Exception {
        fuzz(shop.with("environment=development", "actions=on").started(), Set.of());
    }

    @Test
    void a_status_behind_a_login_answers_everything() throws Exception {
        fuzz(
                shop.deployed()
                        .login(new BasicAuthenticator(), "ann", "migrations")
                        .start(),
                Set.of());
    }

    @Test
    void a_closed_application_answers_everything() throws Exception {
        JettyServer server = shop.with("status-access=open")
                .script("2_broken.sql", Shop.BROKEN)
                .deployed()
                .startInSpiteOfAll();
        fuzz(server, Set.of(503));
        assertEquals(0, server.reached());
    }

    private static void fuzz(JettyServer server, Set<Integer> alsoRight) throws Exception {
        Iterator<Draw> draws = Draw.all(COUNT / 4).iterator();
        Map<Integer, Integer> seen = new TreeMap<>();
        try (RawClient client = new RawClient(URI.create(server.address()).getPort())) {
            while (draws.hasNext()) {
                Draw draw = draws.next();
                byte[] body = body(draw);
                String head = head(draw, body.length);
                draw.check(head, () -> {
                    RawClient.Answer answer = client.send(head, body);
                    seen.merge(answer.status(), 1, Integer::sum);
                    check(answer, alsoRight);
                });
            }
        }
        assertTrue(seen.getOrDefault(200, 0) > COUNT / 100 && seen.getOrDefault(404, 0) > COUNT / 100, seen::toString);
        assertTrue(seen.keySet().containsAll(List.of(400, 404, 405)), seen::toString);
    }

    private static void check(RawClient.Answer answer, Set<Integer> alsoRight) {
        assertTrue(
                (answer.status() >= 200 && answer.status() < 500) || alsoRight.contains(answer.status()),
                answer::toString);
        assertFalse(answer.body().contains(MARK), answer::toString);
        String type = answer.headers().getOrDefault("content-type", "");
        boolean ofJetty = !answer.headers().containsKey("x-content-type-options");
        if (ofJetty) {
            // what is no HTTP never reaches a servlet; and some paths lead out of ours
            assertTrue(
                    List.of(400, 414, 431, 505).contains(answer.status())
                            || isOfTheLogin(answer)
                            || isOfTheApplication(answer),
                    answer::toString);
            return;
        }
        assertEquals("nosniff", answer.headers().get("x-content-type-options"));
        assertEquals("same-origin", answer.headers().get("referrer-policy"));
        assertTrue(answer.headers().get("content-security-policy").contains("default-src 'none'"), answer::toString);
        assertFalse(answer.headers().get("content-security-policy").contains("unsafe"), answer::toString);
        assertTrue(answer.headers().containsKey("cache-control"), answer::toString);
        if (type.startsWith("application/json") && !answer.body().isEmpty()) {
            assertEquals(Set.of(), AnswerSchema.problems(answer.body()), answer::toString);
        }
    }

    /** Jetty (12.1.5) writes the page of its challenge by itself. */
    private static boolean isOfTheLogin(RawClient.Answer answer) {
        return answer.status() == 401 && answer.headers().containsKey("www-authenticate");
    }

    private static boolean isOfTheApplication(RawClient.Answer answer) {
        String length = Integer.toString("the application".length());
        return answer.status() == 200 && length.equals(answer.headers().get("content-length"));
    }

    private static byte[] body(Draw draw) {
        return draw.percent(70)
                ? new byte[0]
                : draw.text(
                                0,
                                40,
                                "steps=1",
                                "&",
                                "revision=",
                                "as=applied",
                                "format=json",
                                "%",
                                "%zz",
                                "\0",
                                MARK,
                                "é")
                        .repeat(draw.percent(5) ? 2_000 : 1)
                        .getBytes(StandardCharsets.UTF_8);
    }

    private static String head(Draw draw, int length) {
        String method = draw.percent(60)
                ? "GET"
                : draw.of(
                        "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW", "get", "PROPFIND", "M<");
        StringBuilder head = new StringBuilder(method + " /shop" + path(draw) + query(draw) + " HTTP/1.1\r\n");
        head.append("Host: localhost\r\n");
        for (int count = draw.number(0, 4); count > 0; count--) {
            head.append(header(draw)).append("\r\n");
        }
        if (length > 0 || draw.percent(10)) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static String path(Draw draw) {
        if (draw.percent(40)) {
            return draw.of(
                    "/migrations",
                    "/migrations/",
                    "/migrations/health",
                    "/migrations/metrics",
                    "/migrations/schema.json",
                    "/migrations/page.css",
                    "/migrations/default",
                    "/migrations/plan",
                    "/migrations/run",
                    "/migrations/default/run");
        }
        return "/migrations" + (draw.percent(90) ? "/" : "") + draw.text(0, 8, PIECES);
    }

    private static String query(Draw draw) {
        return draw.percent(60) ? "" : "?" + draw.text(0, draw.percent(3) ? 400 : 10, PIECES);
    }

    private static String header(Draw draw) {
        String name = draw.of(
                "Accept",
                "Accept",
                "Accept-Language",
                "Accept-Encoding",
                "Content-Type",
                "Authorization",
                "If-None-Match",
                "If-Modified-Since",
                "Range",
                "Origin",
                "Sec-Fetch-Site",
                "X-Requested-With",
                "X-Forwarded-For",
                "X-Fuzz",
                "Cookie",
                "Referer");
        return name + ": " + draw.text(0, draw.percent(2) ? 300 : 6, VALUES);
    }

    private static final String[] PIECES = Stream.concat(
                    Stream.of(
                            "health",
                            "default",
                            "metrics",
                            "schema.json",
                            "/",
                            "/",
                            "..",
                            ".",
                            ";",
                            ";jsessionid=1",
                            "%2e",
                            "%2E%2e",
                            "%2f",
                            "%5c",
                            "%00",
                            "%0d%0aX-Evil:%201",
                            "%ff",
                            "%c3%a9",
                            "%F0%9F%92%A9",
                            "%zz",
                            "%",
                            "%25",
                            "é",
                            "+",
                            "&",
                            "=",
                            "format=json",
                            "format=html",
                            "format=xml",
                            "format",
                            "%66ormat=html",
                            "{}",
                            "[]",
                            "|",
                            "^",
                            "`",
                            "\"",
                            "'",
                            "\\",
                            "a".repeat(300)),
                    Stream.of(MARK + "x>", "%3Cfuzz-x%3E", "%3cfuzz-%3e", "\u0001", "\u00ff"))
            .toArray(String[]::new);

    private static final String[] VALUES = {
        "text/html",
        "application/json",
        "*/*",
        "text/*",
        ",",
        ";q=",
        "0",
        "1.5",
        "0.001",
        ";",
        "=",
        "q",
        "gzip",
        "\"",
        "\u00e9",
        "\u00ff",
        MARK + "x>",
        "Basic ",
        "YW5uOmFubg==",
        "Bearer x",
        "bytes=0-",
        "-1",
        "null",
        "cross-site",
        "https://evil.example",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "; charset=",
        "utf-8",
        "x-unknown",
        "127.0.0.1",
        "W/",
        "\t",
        " ",
        "0".repeat(200)
    };
}
