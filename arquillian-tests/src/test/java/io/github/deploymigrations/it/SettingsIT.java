package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertDoesNotSay;
import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(ArquillianExtension.class)
class SettingsIT {
    @RegisterExtension
    final Server server = new Server();

    @Test
    void every_slip_in_the_settings_is_told_in_one_failure_with_its_line_and_the_nearest_key() {
        String failure = server.refuse(withScript(TestWar.named("furniture"))
                .settings(
                        "data-sourze", "java:jboss/datasources/Any",
                        "connect-timeout", "soon",
                        "enviroment", "development",
                        "location", "${furniture.location}"));
        assertSays(
                failure,
                "MIGR-100 The settings of the migrations have problems: 4.",
                "MIGR-101 WEB-INF/beans.xml:3: There is no key \\\"data-sourze\\\". Did you mean \\\"data-source\\\"?",
                "MIGR-103 WEB-INF/beans.xml:4: \\\"soon\\\" is no value for connect-timeout.",
                "MIGR-101 WEB-INF/beans.xml:5: There is no key \\\"enviroment\\\". Did you mean \\\"environment\\\"?",
                "MIGR-104 WEB-INF/beans.xml:6: location has a placeholder without a value: ${furniture.location}.");
        assertDoesNotSay(failure, "\tat ");
    }

    @Test
    void a_DataSource_that_is_not_there_is_waited_for_and_then_told_with_what_to_check() {
        Instant start = Instant.now();
        String failure = server.refuse(withScript(TestWar.named("furniture"))
                .settings("data-source", "java:jboss/datasources/Missing", "connect-timeout", "1s"));
        Duration waited = Duration.between(start, Instant.now());
        assertSays(
                failure,
                "MIGR-301 The DataSource java:jboss/datasources/Missing is not bound: ",
                "What to do: Check data-source in the settings, the server's DataSource of that name");
        assertTrue(waited.toMillis() >= 1000 && waited.toSeconds() < 10, waited::toString);
    }

    @Test
    void a_name_that_stands_for_something_else_is_told_with_what_it_is() {
        String failure = server.refuse(withScript(TestWar.named("furniture"))
                .settings("data-source", "java:jboss/ee/concurrency/executor/default"));
        assertSays(
                failure,
                "MIGR-302 java:jboss/ee/concurrency/executor/default is no DataSource but ",
                "ExecutorService");
    }

    @Test
    void settings_without_any_script_are_refused() {
        String failure = server.refuse(TestWar.named("furniture").settings("data-source", server.newDatabase()));
        assertSays(
                failure,
                "MIGR-201 class path folder migrations/scripts: Migrations are configured, but there is no script.");
    }

    @Test
    void an_application_with_neither_settings_nor_scripts_is_left_alone() {
        String database = server.newDatabase();
        Application application = server.deploy(TestWar.named("furniture"));
        assertEquals(
                "0",
                application.query(
                        database, "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'PUBLIC'"));
        assertSays(server.log(), "MIGR-601 No migrations are configured");
    }

    @Test
    void scripts_without_any_settings_are_for_the_default_DataSource() {
        Application application = server.deploy(withScript(TestWar.named("furniture")));
        assertEquals("chair", application.query("java:comp/DefaultDataSource", "SELECT name FROM item"));
    }

    @Test
    void a_properties_file_does_as_well_as_beans_xml() {
        String database = server.newDatabase();
        Application application = server.deploy(TestWar.named("furniture")
                .resource(
                        "META-INF/mybatis-migrations.properties",
                        "data-source = " + database,
                        "location = db",
                        "variable.name = chair")
                .resource(
                        "db/scripts/1_create_item.sql",
                        "CREATE TABLE item (name VARCHAR(100));",
                        "INSERT INTO item VALUES ('${name}');"));
        assertEquals("chair", application.query(database, "SELECT name FROM item"));
    }

    @Test
    void the_jar_with_MyBatis_in_it_is_enough_for_a_WAR_that_was_built_without_us() {
        String database = server.newDatabase();
        Application application = server.deploy(withScript(TestWar.withoutExtension("furniture"))
                .library("extension-all.jar")
                .settings("data-source", database));
        assertEquals("chair", application.query(database, "SELECT name FROM item"));
    }

    @Test
    void a_system_property_with_the_name_of_a_block_overrides_its_settings() {
        String database = server.newDatabase();
        server.setSystemProperty("mybatis.migrations.orders.target", "1");
        Application application = server.deploy(withScript(TestWar.named("furniture"))
                .beansXml(TestWar.block("orders", "data-source", database))
                .script("2_second_item.sql", "INSERT INTO item VALUES ('table');"));
        assertEquals("1", application.query(database, "SELECT id FROM changelog"));
        assertDoesNotSay(server.log(), "MIGR-119");
    }

    @Test
    void a_system_property_without_the_name_of_a_block_sets_what_can_harm_no_other_application() {
        server.setSystemProperty("mybatis.migrations.mode", "off");
        server.deploy(withScript(TestWar.named("furniture")).settings("data-source", server.newDatabase()));
        assertSays(server.log(), "MIGR-604 default: migrations are off (mode=off).");
    }

    @Test
    void a_system_property_without_the_name_of_a_block_never_leads_to_another_database() {
        String own = server.newDatabase();
        String other = server.newDatabase();
        server.setSystemProperty("mybatis.migrations.data-source", other);
        Application application =
                server.deploy(withScript(TestWar.named("furniture")).settings("data-source", own));
        assertEquals("chair", application.query(own, "SELECT name FROM item"));
        assertSays(
                server.log(),
                "WARN  [io.github.deploymigrations]",
                "MIGR-119 Overrides from outside of the application that mean nothing to it are ignored: 1",
                "system property mybatis.migrations.data-source: every application of this server sees it, so it needs"
                        + " the block's name: mybatis.migrations.<block>.data-source");
    }

    private static TestWar withScript(TestWar war) {
        return war.script(
                "1_create_item.sql", "CREATE TABLE item (name VARCHAR(100));", "INSERT INTO item VALUES ('chair');");
    }
}
