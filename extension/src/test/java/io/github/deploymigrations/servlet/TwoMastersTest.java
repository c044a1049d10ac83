package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.TestLog;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A WAR whose persistence unit changes the schema that its scripts make. */
class TwoMastersTest {
    private static final String TABLES =
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC' ORDER BY table_name";

    @TempDir
    Path folder;

    private final TestLog log = TestLog.open();
    private Shop shop;

    @BeforeEach
    void build() {
        shop = new Shop(folder).script("1_create_product.sql", Shop.CREATE).with("status-access=open");
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
        log.close();
    }

    private Shop withUnit(String hbm2ddl) {
        return shop.file("WEB-INF/classes/META-INF/persistence.xml", """
                <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
                  <persistence-unit name="shop">
                    <properties>
                      <property name="hibernate.hbm2ddl.auto" value="%s"/>
                    </properties>
                  </persistence-unit>
                </persistence>
                """.formatted(hbm2ddl));
    }

    @Test
    void one_that_would_destroy_it_is_refused_with_its_file_and_nothing_is_begun() throws SQLException {
        withUnit("create");

        Exception thrown = assertThrows(Exception.class, shop::started);

        String text = thrown.toString();
        assertTrue(
                text.contains("MIGR-346 The persistence unit \"shop\" has hibernate.hbm2ddl.auto=create, which drops"),
                text);
        assertTrue(text.contains("[WEB-INF/classes/META-INF/persistence.xml:2]"), text);
        assertEquals(List.of(), shop.query(TABLES));
    }

    @Test
    void so_it_is_where_every_script_is_applied_already() throws Exception {
        shop.execute("CREATE TABLE changelog (id NUMERIC(20), applied_at VARCHAR(25), description VARCHAR(255))")
                .execute("INSERT INTO changelog VALUES (1, '2026-01-01 00:00:00', 'create product')");
        withUnit("create-drop");

        JettyServer server = shop.deployed().startInSpiteOfAll();

        assertEquals(
                "MIGR-346",
                Shop.object(Shop.database(server.get("/migrations")), "failure").get("code"));
        assertEquals(List.of("CHANGELOG"), shop.query(TABLES));
    }

    @Test
    void with_validate_it_is_refused_too() throws Exception {
        withUnit("create").with("mode=validate");

        JettyServer server = shop.deployed().startInSpiteOfAll();

        String what = String.valueOf(
                Shop.object(Shop.database(server.get("/migrations")), "failure").get("what"));
        assertTrue(what.contains("MIGR-404") && what.contains("MIGR-346"), what);
    }

    @Test
    void one_that_only_adds_to_it_is_a_warning_in_the_log_and_on_the_page() throws Exception {
        withUnit("update");

        JettyServer server = shop.started();

        assertEquals(1, log.of("MIGR-347").size());
        assertTrue(log.of("MIGR-347").get(0).contains("Set it to validate or none"));
        Map<String, Object> database = Shop.database(server.get("/migrations"));
        assertEquals("UP_TO_DATE", database.get("status"));
        assertTrue(server.get("/migrations?format=html").body().contains("MIGR-347"));
    }

    @Test
    void one_that_validates_is_none_of_our_business() throws Exception {
        withUnit("validate").started();
        assertEquals(List.of(), log.of("MIGR-347"));
    }
}
