package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(ArquillianExtension.class)
class SeveralDatabasesIT {
    private static final String TABLES =
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC' ORDER BY table_name";

    @RegisterExtension
    final Server server = new Server();

    @Test
    void two_applications_of_one_server_migrate_their_own_databases() {
        String chairs = server.newDatabase();
        String plants = server.newDatabase();
        Application furniture = server.deploy(TestWar.named("furniture")
                .settings("data-source", chairs)
                .script("1_create_chair.sql", "CREATE TABLE chair (name VARCHAR(100));"));
        Application garden = server.deploy(TestWar.named("garden")
                .settings("data-source", plants)
                .script("1_create_plant.sql", "CREATE TABLE plant (name VARCHAR(100));"));
        assertEquals("CHAIR\nCHANGELOG\nCHANGELOG_HISTORY\nCHANGELOG_LOCK", furniture.query(chairs, TABLES));
        assertEquals("CHANGELOG\nCHANGELOG_HISTORY\nCHANGELOG_LOCK\nPLANT", garden.query(plants, TABLES));
    }

    @Test
    void two_blocks_of_one_application_migrate_their_own_databases() {
        String orders = server.newDatabase();
        String stock = server.newDatabase();
        Application application =
                server.deploy(withOrdersAndStock(orders, stock, "CREATE TABLE customer_order (id BIGINT);"));
        assertEquals("CHANGELOG\nCHANGELOG_HISTORY\nCHANGELOG_LOCK\nCUSTOMER_ORDER", application.query(orders, TABLES));
        assertEquals("CHANGELOG\nCHANGELOG_HISTORY\nCHANGELOG_LOCK\nSHELF", application.query(stock, TABLES));
        assertSays(server.log(), "MIGR-603 orders: applied 1 script(s)", "MIGR-603 stock: applied 1 script(s)");
    }

    @Test
    void a_block_that_fails_keeps_the_next_from_running() {
        String orders = server.newDatabase();
        String stock = server.newDatabase();
        Application observer = server.deploy(TestWar.withoutExtension("observer"));
        String failure = server.refuse(withOrdersAndStock(orders, stock, "CREATE TABEL customer_order (id BIGINT);"));
        assertSays(
                failure,
                "[orders] MIGR-501 The script 1_create_order.sql failed",
                "[stock] MIGR-608 The database was not migrated, because the block orders failed.");
        assertEquals("", observer.query(stock, TABLES));
    }

    private static TestWar withOrdersAndStock(String orders, String stock, String createOrder) {
        return TestWar.named("furniture")
                .beansXml(
                        TestWar.block("orders", "data-source", orders, "location", "db/orders"),
                        TestWar.block("stock", "data-source", stock, "location", "db/stock"))
                .resource("db/orders/scripts/1_create_order.sql", createOrder)
                .resource("db/stock/scripts/1_create_shelf.sql", "CREATE TABLE shelf (id BIGINT);");
    }
}
