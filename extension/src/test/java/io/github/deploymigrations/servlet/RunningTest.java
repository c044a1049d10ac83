package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.Migrations;
import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.TestNaming;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told while a newer release migrates the database from elsewhere. */
class RunningTest {
    @TempDir
    Path folder;

    private Shop shop;
    private Thread newer;
    private final JdbcDataSource database = new JdbcDataSource();

    @BeforeEach
    void start() throws Exception {
        Gate.closed = new CountDownLatch(1);
        shop = new Shop(folder.resolve("war")).with("status-access=open", "lock-timeout=100ms");
        database.setURL("jdbc:h2:mem:running;DB_CLOSE_DELAY=-1");
        TestNaming.bind("java:comp/DefaultDataSource", database);
    }

    @AfterEach
    void stop() throws Exception {
        Gate.closed.countDown();
        newer.join();
        shop.close();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }

    /** Where a script of the newer release waits; public for H2. */
    public static final class Gate {
        private static volatile CountDownLatch closed = new CountDownLatch(1);

        private Gate() {}

        public static boolean pass() throws InterruptedException {
            return closed.await(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void the_status_the_metrics_and_the_health_tell_who_runs_and_the_old_release_stays_up() throws Exception {
        JettyServer server = shop.script("1_create_product.sql", Shop.CREATE).started();
        newer = release(
                "1_create_product.sql",
                Shop.CREATE,
                "2_wait.sql",
                "CREATE ALIAS WAIT_FOR_TEST FOR '" + Gate.class.getName() + ".pass';\nCALL WAIT_FOR_TEST();\n");

        HttpResponse<String> status =
                until(server, "/migrations", answer -> Shop.database(answer).get("running") != null);
        HttpResponse<String> health = until(
                server,
                "/migrations/health",
                answer -> Boolean.TRUE.equals(
                        Shop.object(Shop.json(answer), "checks").get("stuck")));
        // it runs as soon as it has the lock, and is at a statement a moment later
        String metrics = until(
                        server,
                        "/migrations/metrics",
                        answer -> answer.body().contains("mybatis_migrations_running_statements{"))
                .body();

        assertEquals("RUNNING", Shop.database(status).get("status"));
        assertEquals(200, health.statusCode());
        Map<String, Object> stuck =
                Shop.list(Shop.object(Shop.json(health), "checks"), "issues").get(0);
        assertEquals("MIGR-761", stuck.get("code"));
        assertTrue(stuck.get("what").toString().contains(" since 20"), stuck::toString);
        assertTrue(metrics.contains("mybatis_migrations_running{block=\"default\"} 1\n"), metrics);
        assertTrue(metrics.contains("mybatis_migrations_state{block=\"default\",status=\"RUNNING\"} 1\n"), metrics);
        assertTrue(metrics.contains("mybatis_migrations_running_statements{block=\"default\"} 2\n"), metrics);
        assertTrue(metrics.matches("(?s).*mybatis_migrations_running_age_seconds\\{block=\"default\"} [0-9.]+\n.*"));
    }

    @Test
    void an_action_that_a_run_elsewhere_keeps_off_leaves_the_old_release_up() throws Exception {
        JettyServer server = shop.with("environment=development", "actions=on")
                .script("1_create_product.sql", Shop.CREATE)
                .started();
        newer = release(
                "1_create_product.sql",
                Shop.CREATE,
                "2_wait.sql",
                "CREATE ALIAS WAIT_FOR_TEST FOR '" + Gate.class.getName() + ".pass';\nCALL WAIT_FOR_TEST();\n");
        until(server, "/migrations", answer -> Shop.database(answer).get("running") != null);

        HttpResponse<String> undo = server.send("POST", "/migrations/undo?steps=1", "X-Requested-With", "test");

        assertEquals(409, undo.statusCode(), undo.body());
        assertEquals(200, server.get("/migrations/health").statusCode());
        assertEquals("RUNNING", Shop.database(server.get("/migrations")).get("status"));
    }

    private Thread release(String... namesAndContents) throws Exception {
        Path scripts = Files.createDirectories(folder.resolve("newer/scripts"));
        for (int index = 0; index < namesAndContents.length; index += 2) {
            Files.writeString(scripts.resolve(namesAndContents[index]), namesAndContents[index + 1]);
        }
        Thread thread = new Thread(() -> Migrations.of(database)
                .with("location", "file:" + folder.resolve("newer"))
                .migrate());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static HttpResponse<String> until(JettyServer server, String path, Predicate<HttpResponse<String>> wanted)
            throws InterruptedException {
        HttpResponse<String> answer = server.get(path);
        for (int attempt = 0; attempt < 100 && !wanted.test(answer); attempt++) {
            Thread.sleep(100);
            answer = server.get(path);
        }
        assertTrue(wanted.test(answer), answer::body);
        return answer;
    }
}
