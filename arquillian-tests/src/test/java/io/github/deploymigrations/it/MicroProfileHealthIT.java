package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A WildFly of its own with {@code standalone-microprofile.xml}, as the others have no MicroProfile Health. */
class MicroProfileHealthIT {
    private static final int OFFSET = Integer.getInteger("server.port-offset") + 200;
    private static final URI HEALTH = URI.create("http://127.0.0.1:" + (9990 + OFFSET) + "/health/");
    private static final String CREATE_ITEM = "CREATE TABLE item (name VARCHAR(100));";
    private static final String UP = "\"mybatis-migrations\",\"status\":\"UP\"";
    private static final String DOWN = "\"mybatis-migrations\",\"status\":\"DOWN\"";

    @TempDir
    Path base;

    private final HttpClient client = HttpClient.newHttpClient();
    private Process wildfly;

    @BeforeEach
    void start() throws IOException {
        copy(Path.of(System.getProperty("server.home"), "standalone/configuration"), base.resolve("configuration"));
        Files.createDirectories(base.resolve("deployments"));
        // the JVM itself: a signal to the script would leave it running
        Path home = Path.of(System.getProperty("server.home"));
        wildfly = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx512m",
                        "-Djboss.home.dir=" + home,
                        "-Djboss.server.base.dir=" + base,
                        "-Djboss.socket.binding.port-offset=" + OFFSET,
                        "-Dorg.jboss.boot.log.file=" + base.resolve("log/server.log"),
                        "-Dlogging.configuration="
                                + base.resolve("configuration/logging.properties")
                                        .toUri(),
                        "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "-jar",
                        home.resolve("jboss-modules.jar").toString(),
                        "-mp",
                        home.resolve("modules").toString(),
                        "org.jboss.as.standalone",
                        "--server-config=standalone-microprofile.xml")
                .redirectErrorStream(true)
                .redirectOutput(base.resolve("console.log").toFile())
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        wildfly.destroy();
        if (!wildfly.waitFor(30, TimeUnit.SECONDS)) {
            wildfly.destroyForcibly().waitFor();
        }
    }

    @Test
    void the_server_is_ready_when_the_migrations_are_done_and_not_ready_when_they_failed() throws Exception {
        // without beans.xml WildFly gives this WAR no CDI, and then no checks
        deploy(TestWar.named("furniture").settings().script("1_create_item.sql", CREATE_ITEM));

        until("ready", 200, UP);
        until("started", 200, UP);

        deploy(TestWar.named("broken")
                .settings("on-failure", "warn", "changelog", "BROKEN")
                .script("1_broken.sql", "INSERT INTO nowhere VALUES (1);"));

        until("ready", 503, DOWN);
        assertSays(get("live").body(), "\"status\":\"UP\"");
    }

    /** WildFly (39.0.1) tells a blocked deployment never that it is over, and asks its checks until the server ends. */
    @Test
    void a_blocked_deployment_keeps_the_server_from_being_ready_until_it_is_mended() throws Exception {
        deploy(TestWar.named("furniture").settings().script("1_create_item.sql", CREATE_ITEM));
        until("ready", 200, UP);

        deploy(TestWar.named("furniture")
                .settings()
                .script("1_create_item.sql", CREATE_ITEM)
                .script("2_broken.sql", "INSERT INTO nowhere VALUES (1);"));
        until("ready", 503, DOWN);
        until("started", 503, DOWN);
        // what is copied before WildFly has said that the old file failed, it takes for that file
        untilThereIs("furniture.war.failed");

        deploy(TestWar.named("furniture").settings().script("1_create_item.sql", CREATE_ITEM));
        until("ready", 200, UP + "}");
        until("started", 200, UP + "}");
    }

    private void untilThereIs(String marker) throws InterruptedException {
        Path file = base.resolve("deployments").resolve(marker);
        for (int attempt = 0; attempt < 120 && !Files.exists(file); attempt++) {
            Thread.sleep(500);
        }
        assertTrue(Files.exists(file), marker);
    }

    private void deploy(TestWar war) {
        war.archive()
                .as(ZipExporter.class)
                .exportTo(base.resolve("deployments/" + war.archive().getName()).toFile(), true);
    }

    private void until(String kind, int status, String text) throws Exception {
        String last = "no answer";
        for (int attempt = 0; attempt < 360; attempt++) {
            try {
                HttpResponse<String> answer = get(kind);
                last = answer.body();
                if (answer.statusCode() == status && last.replace(" ", "").contains(text)) {
                    return;
                }
            } catch (IOException e) {
                // it does not listen yet
            }
            Thread.sleep(500);
        }
        throw new AssertionError("%s is not %d with %s, but %s%n%s"
                .formatted(HEALTH.resolve(kind), status, text, last, Files.readString(base.resolve("console.log"))));
    }

    private HttpResponse<String> get(String kind) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(HEALTH.resolve(kind)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
