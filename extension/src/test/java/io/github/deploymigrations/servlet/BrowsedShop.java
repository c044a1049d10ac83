package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.Migrations;
import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestNaming;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The sample's scripts in an application that a browser looks at, in one of the states that a page can show. */
final class BrowsedShop implements AutoCloseable {
    static final String BROKEN = "20260301120000";
    static final String SLOW = "20260302080000";

    private static final String BROKEN_SCRIPT = """
            -- // add customer table
            -- Orders name their customer by id from now on.

            CREATE TABLE customer (
                id BIGINT PRIMARY KEY,
                name VARCHAR(100) NOT NULL
            );

            INSERT INTO customer (id, name)
            SELECT DISTINCT customer_no, customer
            FROM customer_order;

            -- //@UNDO

            DROP TABLE customer;
            """;

    private static final String SLOW_SCRIPT = """
            -- // recompute prices

            UPDATE product SET price = price FROM pg_sleep((SELECT seconds FROM pace));
            UPDATE product SET price = price FROM pg_sleep((SELECT seconds FROM pace));
            UPDATE product SET price = price FROM pg_sleep((SELECT seconds FROM pace));
            """;

    private static final Path SAMPLE = Path.of("..", "sample-war", "src", "main", "resources", "migrations");

    /** What the page says at the top. */
    enum State {
        UP_TO_DATE("Up to date"),
        PENDING("Pending"),
        FAILED("Failed"),
        RUNNING("Running");

        private final String title;

        State(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private final Shop shop;
    private final JettyServer server;
    private final List<Runnable> more;

    private BrowsedShop(Shop shop, JettyServer server, Runnable... more) {
        this.shop = shop;
        this.server = server;
        this.more = List.of(more);
    }

    static BrowsedShop in(State state, Path folder) throws Exception {
        Shop shop = new Shop(folder.resolve("shop.war")).with("status-access=open");
        sample((path, text) -> shop.file("WEB-INF/classes/migrations/" + path, text));
        return switch (state) {
            case UP_TO_DATE -> new BrowsedShop(shop, shop.started());
            case PENDING ->
                new BrowsedShop(shop, shop.with("target=20260119083000").started());
            case FAILED ->
                new BrowsedShop(
                        shop,
                        shop.with("on-failure=warn")
                                .script(BROKEN + "_add_customer_table.sql", BROKEN_SCRIPT)
                                .started());
            case RUNNING -> running(shop, folder, 20);
        };
    }

    /** Another node migrates the database, and needs this long for each of the script's three statements. */
    static BrowsedShop running(Path folder, int seconds) throws Exception {
        Shop shop = new Shop(folder.resolve("shop.war")).with("status-access=open");
        sample((path, text) -> shop.file("WEB-INF/classes/migrations/" + path, text));
        return running(shop, folder, seconds);
    }

    private static BrowsedShop running(Shop shop, Path folder, int seconds) throws Exception {
        TestDatabase database = TestServer.POSTGRESQL.fresh();
        database.execute("CREATE TABLE pace (seconds INT)", "INSERT INTO pace VALUES (0)");
        TestNaming.bind("java:comp/env/jdbc/shop", database.dataSource());
        JettyServer server = shop.with("data-source=java:comp/env/jdbc/shop")
                .script(SLOW + "_recompute_prices.sql", SLOW_SCRIPT)
                .started();
        // somebody takes the newest revision back
        database.execute("DELETE FROM changelog WHERE id = " + SLOW, "UPDATE pace SET seconds = " + seconds);
        TestRepository node =
                new TestRepository(folder.resolve("node")).script(SLOW + "_recompute_prices.sql", SLOW_SCRIPT);
        sample(node::file);
        CompletableFuture<MigrationReport> run =
                CompletableFuture.supplyAsync(() -> Migrations.of(database.dataSource())
                        .with("location", node.location())
                        .migrate());
        while (!server.get("/migrations").body().contains("\"status\":\"RUNNING\"")) {
            if (run.isDone()) {
                throw new IllegalStateException("over too early: " + run.get());
            }
            Thread.sleep(100);
        }
        return new BrowsedShop(
                shop, server, () -> run.orTimeout(2, TimeUnit.MINUTES).join(), database::close);
    }

    private interface Place {
        Object file(String path, String text);
    }

    private static void sample(Place place) {
        try (Stream<Path> files = Files.walk(SAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                place.file(SAMPLE.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the page, with what is added to it. */
    String page(String more) {
        return server.address() + "/migrations" + more;
    }

    @Override
    public void close() throws IOException {
        try {
            more.forEach(Runnable::run);
        } finally {
            shop.close();
        }
    }
}
