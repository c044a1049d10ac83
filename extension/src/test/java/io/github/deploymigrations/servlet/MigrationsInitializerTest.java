package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.TestLog;
import io.github.deploymigrations.testing.TestNaming;
import io.github.deploymigrations.testing.TestWar;
import java.nio.file.Path;
import java.util.List;
import javax.naming.NamingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsInitializerTest {
    @TempDir
    Path folder;

    private final TestLog log = TestLog.open();
    private Shop shop;

    @BeforeEach
    void build() {
        shop = new Shop(folder);
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
        log.close();
    }

    @Test
    void an_application_without_migrations_is_left_alone() throws Exception {
        JettyServer server = shop.started();

        assertEquals("the application", server.get("/migrations").body());
        assertEquals("the application", server.get("/migrations/health").body());
        assertEquals(1, log.of("MIGR-601").size());
        assertTrue(log.of("MIGR-701").isEmpty());
    }

    @Test
    void an_application_whose_block_is_commented_out_is_left_alone() throws Exception {
        JettyServer server = shop.file(
                        "WEB-INF/beans.xml",
                        TestWar.beansXml("<!-- <migrations xmlns=\"urn:mybatis-migrations:1.0\"/> -->"))
                .started();

        assertEquals("the application", server.get("/").body());
        assertEquals(1, log.of("MIGR-601").size());
    }

    @Test
    void an_application_with_an_empty_beans_xml_is_migrated() throws Exception {
        JettyServer server = shop.file("WEB-INF/beans.xml", "")
                .script("1_create_product.sql", Shop.CREATE)
                .started();

        assertEquals(200, server.get("/migrations/health").statusCode());
    }

    @Test
    void the_log_says_where_the_status_is() throws Exception {
        shop.script("1_create_product.sql", Shop.CREATE).started();

        assertEquals(List.of("INFO MIGR-701 The status of the migrations is at /shop/migrations"), log.of("MIGR-701"));
    }

    @Test
    void the_status_is_where_the_setting_says() throws Exception {
        JettyServer server = shop.with("status-path=/admin/db", "status-access=open")
                .script("1_create_product.sql", Shop.CREATE)
                .started();

        assertEquals("UP_TO_DATE", Shop.json(server.get("/admin/db")).get("status"));
        assertEquals(200, server.get("/admin/db/default").statusCode());
        assertEquals(200, server.get("/admin/db/health").statusCode());
        assertEquals("the application", server.get("/migrations").body());
    }

    @Test
    void off_is_no_status() throws Exception {
        JettyServer server = shop.with("status-path=off")
                .script("1_create_product.sql", Shop.CREATE)
                .started();

        assertEquals("the application", server.get("/migrations").body());
        assertTrue(log.of("MIGR-701").isEmpty());
    }

    @Test
    void a_path_that_the_application_has_stays_the_applications() throws Exception {
        JettyServer server = shop.script("1_create_product.sql", Shop.CREATE)
                .deployed()
                .servlet("/migrations/*", JettyServer.answering("mine"))
                .start();

        assertEquals("mine", server.get("/migrations").body());
        assertEquals(1, log.of("MIGR-702").size());
        assertTrue(log.of("MIGR-702").get(0).startsWith("WARNING"));
        assertTrue(log.of("MIGR-701").isEmpty());
    }

    @Test
    void a_failure_that_only_warns_lets_the_application_run_and_is_shown() throws Exception {
        JettyServer server = shop.with("on-failure=warn", "status-access=open")
                .script("1_broken.sql", Shop.BROKEN)
                .started();

        assertEquals("the application", server.get("/").body());
        assertEquals(1, server.reached());
        assertEquals(503, server.get("/migrations/health").statusCode());
        assertEquals("DOWN", Shop.json(server.get("/migrations/health")).get("status"));
        assertEquals("FAILED", Shop.json(server.get("/migrations")).get("status"));
        assertTrue(server.get("/migrations?format=html").body().contains("a schema that it does not expect"));
    }

    /** A server that makes its DataSource at the first look may say with which URL it could not. */
    @Test
    void a_password_in_what_the_naming_service_says_is_never_shown() throws Exception {
        TestNaming.bind(
                "java:comp/DefaultDataSource",
                new NamingException("Cannot make it: jdbc:postgresql://db/orders?user=anna&password=hunter2"));
        JettyServer server = shop.with("on-failure=warn", "status-access=open", "connect-timeout=1ms")
                .script("1_create_product.sql", Shop.CREATE)
                .started();

        String status = server.get("/migrations").body();
        assertTrue(status.contains("Cannot make it: jdbc:postgresql://db/orders"), status);
        assertFalse(status.contains("hunter2"), status);
        assertFalse(log.of("MIGR-607").toString().contains("hunter2"));
    }

    @Test
    void the_health_is_that_of_the_run_and_asks_no_database() throws Exception {
        JettyServer server = shop.with("status-access=open")
                .script("1_create_product.sql", Shop.CREATE)
                .started();
        shop.execute("SHUTDOWN");

        assertEquals(200, server.get("/migrations/health").statusCode());
    }

    @Test
    void what_cannot_be_read_now_is_told_without_calling_the_run_a_failure() throws Exception {
        JettyServer server = shop.with("status-access=open")
                .script("1_create_product.sql", Shop.CREATE)
                .started();
        shop.execute("ALTER TABLE CHANGELOG DROP COLUMN DESCRIPTION");

        assertEquals("FAILED", Shop.json(server.get("/migrations")).get("status"));
        String page = server.get("/migrations?format=html").body();
        assertTrue(page.contains("the present state cannot be read"), page);
        assertEquals(200, server.get("/migrations/health").statusCode());
    }
}
