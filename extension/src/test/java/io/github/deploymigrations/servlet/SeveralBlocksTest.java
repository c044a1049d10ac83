package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.TestLog;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A WAR that owns two schemas of one database, and a second database. */
class SeveralBlocksTest {
    private static final String TABLES = "SELECT table_schema || '.' || table_name FROM information_schema.tables"
            + " WHERE table_schema <> 'INFORMATION_SCHEMA' AND table_name NOT LIKE 'CHANGELOG_%' ORDER BY 1";

    @TempDir
    Path folder;

    private final TestLog log = TestLog.open();
    private Shop shop;
    private DataSource archive;

    @BeforeEach
    void build() throws SQLException {
        shop = new Shop(folder)
                .execute("CREATE SCHEMA orders")
                .execute("CREATE SCHEMA stock")
                .with("status-access=open")
                .with("orders.schema=ORDERS", "orders.location=db/orders")
                .with("stock.schema=STOCK", "stock.location=db/stock")
                .with("archive.data-source=java:comp/env/jdbc/archive", "archive.location=db/archive");
        archive = Shop.bind("java:comp/env/jdbc/archive");
        shop.file("WEB-INF/classes/db/orders/scripts/1_a.sql", "CREATE TABLE purchase (id INT);\n")
                .file("WEB-INF/classes/db/stock/scripts/1_a.sql", "CREATE TABLE part (id INT);\n")
                .file(
                        "WEB-INF/classes/db/stock/scripts/2_b.sql",
                        "CREATE TABLE shelf (id INT);\n-- //@UNDO\nDROP TABLE shelf;\n")
                .file("WEB-INF/classes/db/archive/scripts/1_a.sql", "CREATE TABLE paper (id INT);\n");
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
        log.close();
    }

    private List<String> archived() throws SQLException {
        try (Connection connection = archive.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private static List<Object> field(JettyServer server, String field) {
        return Shop.list(Shop.json(server.get("/migrations")), "databases").stream()
                .map(database -> database.get(field))
                .toList();
    }

    @Test
    void each_has_its_scripts_its_changelog_and_its_turn() throws Exception {
        JettyServer server = shop.started();

        assertEquals(List.of("orders", "stock", "archive"), field(server, "name"));
        assertEquals(List.of("UP_TO_DATE", "UP_TO_DATE", "UP_TO_DATE"), field(server, "status"));
        assertEquals(
                List.of("ORDERS.CHANGELOG", "ORDERS.PURCHASE", "STOCK.CHANGELOG", "STOCK.PART", "STOCK.SHELF"),
                shop.query(TABLES));
        assertEquals(List.of("PUBLIC.CHANGELOG", "PUBLIC.PAPER"), archived());
        assertEquals(List.of("1", "2"), shop.query("SELECT id FROM stock.changelog ORDER BY id"));
        String told = String.join("\n", log.of("MIGR-603"));
        assertTrue(
                told.indexOf("orders:") < told.indexOf("stock:") && told.indexOf("stock:") < told.indexOf("archive:"),
                told);
    }

    @Test
    void one_that_fails_blocks_those_behind_it_which_say_so_and_the_ones_before_stay() throws Exception {
        shop.file("WEB-INF/classes/db/stock/scripts/2_b.sql", "CREATE TABEL shelf (id INT);\n");

        String text = assertThrows(Exception.class, shop::started).toString();

        assertTrue(text.contains("[stock] MIGR-501"), text);
        assertTrue(text.contains("[archive] MIGR-608 The database was not migrated, because the block stock failed."));
        assertTrue(!text.contains("[orders]"), text);
        assertEquals(
                List.of("ORDERS.CHANGELOG", "ORDERS.PURCHASE", "STOCK.CHANGELOG", "STOCK.PART"), shop.query(TABLES));
        assertEquals(List.of(), archived());
    }

    @Test
    void one_that_only_warns_keeps_none_from_running() throws Exception {
        shop.file("WEB-INF/classes/db/stock/scripts/2_b.sql", "CREATE TABEL shelf (id INT);\n")
                .with("stock.on-failure=warn");

        JettyServer server = shop.started();

        assertEquals(List.of("UP_TO_DATE", "FAILED", "UP_TO_DATE"), field(server, "status"));
        assertEquals(List.of("PUBLIC.CHANGELOG", "PUBLIC.PAPER"), archived());
    }

    @Test
    void a_script_that_cannot_be_used_keeps_all_of_them_untouched() throws Exception {
        shop.file("WEB-INF/classes/db/archive/scripts/1_a.sql", "CREATE TABLE paper (id INT)\n");

        String text = assertThrows(Exception.class, shop::started).toString();

        assertTrue(text.contains("[archive] MIGR-200") && text.contains("MIGR-207"), text);
        for (String block : List.of("orders", "stock")) {
            assertTrue(
                    text.contains("[" + block
                            + "] MIGR-608 The database was not migrated, because the block archive failed."),
                    text);
        }
        assertEquals(List.of(), shop.query(TABLES));
    }

    @Test
    void an_action_on_one_leaves_the_others_alone() throws Exception {
        shop.with("actions=on", "environment=development");
        JettyServer server = shop.started();

        Map<String, Object> done =
                Shop.json(server.send("POST", "/migrations/stock/undo?steps=1", "X-Requested-With", "test"));

        assertEquals("stock", Shop.list(done, "databases").get(0).get("name"), done::toString);
        assertEquals(List.of("1"), shop.query("SELECT id FROM stock.changelog"));
        assertEquals(List.of("1"), shop.query("SELECT id FROM orders.changelog"));
    }
}
