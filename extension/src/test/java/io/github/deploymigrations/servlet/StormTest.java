package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.SmallPool;
import io.github.deploymigrations.testing.TcpForwarder;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestNaming;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks for the status, and however often: the application keeps its connections and its threads. */
class StormTest {
    private static final int REQUESTS = 200;
    private static final Duration REFUSAL = Duration.ofSeconds(2);
    /** How long a machine may need that has two processors for all of this. */
    private static final Duration AT_ONCE = Duration.ofMillis(1_500);

    private static final List<String> PATHS = List.of(
            "/migrations",
            "/migrations?format=html",
            "/migrations/health",
            "/migrations/metrics",
            "/migrations/plan",
            "/migrations?format=html&revision=1");

    @TempDir
    private Path folder;

    private TestDatabase database;
    private Shop shop;

    @BeforeEach
    void build() {
        database = TestServer.POSTGRESQL.fresh();
        shop = new Shop(folder)
                .script("1_create_product.sql", Shop.CREATE)
                .script("2_insert_products.sql", Shop.INSERT);
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
        database.close();
    }

    private JettyServer started(SmallPool pool) throws Exception {
        TestNaming.bind("java:comp/DefaultDataSource", pool.watched());
        JettyServer server = shop.with("status-access=open").started();
        pool.forget();
        return server;
    }

    @Test
    void a_storm_takes_one_connection_and_the_application_gets_its_own_at_once() throws Exception {
        try (SmallPool pool = new SmallPool(database.dataSource(), 2, REFUSAL)) {
            JettyServer server = started(pool);
            Storm storm;
            Bystander application = Bystander.atPool(pool.dataSource());
            try (application) {
                storm = Storm.of(server.address(), PATHS, REQUESTS);
                storm.answers().forEach(answer -> assertEquals(200, answer.status(), answer::toString));
            }
            assertTrue(application.longest().compareTo(AT_ONCE) < 0, application::toString);
            assertEquals(1, pool.most());
            // a second each for status and history, and each plan and each revision asks for itself
            long asking = REQUESTS / 3 + 2 * (storm.took().toSeconds() + 1);
            assertTrue(pool.taken() <= asking, pool.taken() + " in " + storm.took());
        }
    }

    @Test
    void probes_take_no_connection_and_those_who_may_read_take_one_a_second() throws Exception {
        try (SmallPool pool = new SmallPool(database.dataSource(), 2, REFUSAL)) {
            JettyServer server = shop.deployed();
            TestNaming.bind("java:comp/DefaultDataSource", pool.watched());
            server.login(new BasicAuthenticator(), "ann", "migrations").start();
            pool.forget();
            Storm ofProbes = Storm.of(server.address(), List.of("/migrations/health"), REQUESTS);
            ofProbes.answers().forEach(answer -> assertEquals("{\"status\":\"UP\"}", answer.body()));
            assertEquals(0, pool.taken());

            Storm ofReaders =
                    Storm.of(server.address(), List.of("/migrations/health"), REQUESTS, JettyServer.as("ann"));
            ofReaders.answers().forEach(answer -> assertTrue(answer.body().contains("\"checks\""), answer::toString));
            assertTrue(pool.taken() <= ofReaders.took().toSeconds() + 1, pool.taken() + " in " + ofReaders.took());
        }
    }

    @Test
    void while_the_changelog_is_locked_the_storm_is_answered_and_the_application_goes_on() throws Exception {
        try (SmallPool pool = new SmallPool(database.dataSource(), 2, REFUSAL)) {
            JettyServer server = started(pool);
            Bystander application = Bystander.atPool(pool.dataSource());
            try (Connection elsewhere = database.dataSource().getConnection();
                    Statement statement = elsewhere.createStatement();
                    application) {
                elsewhere.setAutoCommit(false);
                statement.execute("LOCK TABLE CHANGELOG, CHANGELOG_HISTORY IN ACCESS EXCLUSIVE MODE");
                assertBounded(server);
                elsewhere.rollback();
            }
            assertTrue(application.longest().compareTo(AT_ONCE) < 0, application::toString);
            assertEquals(1, pool.most());
            assertRecovers(server);
        }
    }

    @Test
    void while_the_network_is_silent_the_storm_is_answered_and_the_application_goes_on() throws Exception {
        try (TcpForwarder wire = TcpForwarder.to(database);
                SmallPool pool = new SmallPool(wire.dataSource(), 2, REFUSAL)) {
            JettyServer server = started(pool);
            wire.stall();
            assertBounded(server);
            assertTrue(pool.most() <= 1, pool.most() + " at once");
        }
    }

    @Test
    void silent_databases_are_waited_for_together_and_none_of_them_by_who_asks_for_another() throws Exception {
        try (TestDatabase second = TestServer.POSTGRESQL.fresh();
                TcpForwarder orders = TcpForwarder.to(database);
                TcpForwarder stock = TcpForwarder.to(second)) {
            TestNaming.bind("java:comp/env/jdbc/orders", orders.dataSource());
            TestNaming.bind("java:comp/env/jdbc/stock", stock.dataSource());
            JettyServer server = shop.with("status-access=open")
                    .with("orders.data-source=java:comp/env/jdbc/orders", "stock.data-source=java:comp/env/jdbc/stock")
                    .with("archive.data-source=java:comp/DefaultDataSource")
                    .started();
            orders.stall();
            stock.stall();

            Storm ofOne = Storm.of(server.address(), List.of("/migrations/archive?format=html"), 1);
            Storm ofAll = Storm.of(server.address(), List.of("/migrations?format=html", "/migrations"), 2);

            assertTrue(ofOne.slowest().compareTo(AT_ONCE) < 0, ofOne::toString);
            assertTrue(ofAll.slowest().compareTo(Duration.ofSeconds(8)) < 0, ofAll::toString);
            List<Object> states = Shop.list(Shop.json(server.get("/migrations")), "databases").stream()
                    .map(block -> block.get("status"))
                    .toList();
            assertEquals(List.of("FAILED", "FAILED", "UP_TO_DATE"), states);
        }
    }

    /** A few wait for what may come yet, the others do not, and the application answers meanwhile. */
    private static void assertBounded(JettyServer server) throws Exception {
        Bystander visitor = Bystander.atPage(server.address() + "/");
        Storm first;
        try (visitor) {
            first = Storm.of(server.address(), PATHS, REQUESTS);
            assertTrue(first.slowest().compareTo(Duration.ofSeconds(8)) < 0, first::toString);
            assertTrue(first.slowerThan(Duration.ofSeconds(3)) <= 10, first::toString);
        }
        assertTrue(visitor.longest().compareTo(AT_ONCE) < 0, visitor::toString);
        for (Storm.Answered answer : first.answers()) {
            if (answer.path().contains("/plan")) {
                assertEquals(500, answer.status(), answer::toString);
            } else {
                assertEquals(200, answer.status(), answer::toString);
            }
            if (answer.path().equals("/migrations")) {
                assertTrue(answer.body().contains("\"status\":\"FAILED\""), answer::toString);
            }
        }
    }

    private static void assertRecovers(JettyServer server) throws InterruptedException {
        String status = "";
        for (int attempt = 0; attempt < 50 && !status.contains("\"status\":\"UP_TO_DATE\""); attempt++) {
            Thread.sleep(200);
            status = server.get("/migrations").body();
        }
        assertTrue(status.contains("\"status\":\"UP_TO_DATE\""), status);
    }
}
