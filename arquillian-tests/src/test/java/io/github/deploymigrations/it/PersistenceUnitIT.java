package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertDoesNotSay;
import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.it.app.Item;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hibernate validates its mapping against the schema before CDI is started. */
@ExtendWith(ArquillianExtension.class)
class PersistenceUnitIT {
    @RegisterExtension
    final Server server = new Server();

    @Test
    void a_persistence_unit_that_validates_is_deployed_on_an_empty_database() {
        String database = server.newDatabase();
        assertMigrated(server.deploy(withPersistenceUnit(withItems("data-source", database), database)), database);
    }

    @Test
    void so_is_one_whose_application_names_its_DataSource_by_a_reference() {
        String database = server.newDatabase();
        assertMigrated(server.deploy(withPersistenceUnit(withReference(database), database)), database);
    }

    @Test
    void so_is_one_in_an_EAR() {
        String database = server.newDatabase();
        server.deploy(ShrinkWrap.create(EnterpriseArchive.class, "company.ear")
                .addAsModule(withPersistenceUnit(withItems("data-source", database), database)
                        .archive()));
        assertMigrated(Server.application("furniture.war"), database);
    }

    @Test
    void so_is_one_in_an_EAR_with_a_reference() {
        String database = server.newDatabase();
        server.deploy(ShrinkWrap.create(EnterpriseArchive.class, "company.ear")
                .addAsModule(
                        withPersistenceUnit(withReference(database), database).archive()));
        assertMigrated(Server.application("furniture.war"), database);
    }

    @Test
    void a_DataSource_of_ours_that_is_not_there_is_told_and_not_the_table_that_Hibernate_misses() {
        TestWar war = withItems("data-source", "java:jboss/datasources/Missing", "connect-timeout", "1s");
        String failure = server.refuse(withPersistenceUnit(war, server.newDatabase()));
        assertSays(failure, "MIGR-301 The DataSource java:jboss/datasources/Missing is not bound");
    }

    @Test
    void one_that_would_drop_the_tables_of_the_scripts_is_refused_before_it_does() {
        String database = server.newDatabase();
        String failure =
                server.refuse(withPersistenceUnit(withItems("data-source", database), database, "create-drop"));
        assertSays(
                failure,
                "MIGR-346 The persistence unit",
                "has hibernate.hbm2ddl.auto=create-drop, which drops tables",
                "[WEB-INF/classes/META-INF/persistence.xml:2]");
        Application observer = server.deploy(TestWar.withoutExtension("observer"));
        assertEquals(
                "0",
                observer.query(
                        database, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'PUBLIC'"));
    }

    @Test
    void one_that_adds_to_them_is_warned_of() {
        String database = server.newDatabase();
        assertMigrated(
                server.deploy(withPersistenceUnit(withItems("data-source", database), database, "update")), database);
        assertSays(
                server.log(), "MIGR-347 default: The persistence unit \"furniture\" has hibernate.hbm2ddl.auto=update");
    }

    @Test
    void a_broken_script_is_told_as_it_is_without_a_persistence_unit() {
        String database = server.newDatabase();
        String failure = server.refuse(withPersistenceUnit(BrokenWar.on(database), database));
        BrokenWar.assertTold(failure);
        assertDoesNotSay(failure, "\tat ");
        assertEquals(404, Server.application("furniture.war").get("").statusCode());
    }

    private static TestWar withReference(String database) {
        return withItems("data-source", "java:comp/env/jdbc/furniture")
                .webXml(TestWar.resourceReference("jdbc/furniture", database));
    }

    private static TestWar withItems(String... settings) {
        return TestWar.named("furniture")
                .settings(settings)
                .script("1_create_item.sql", "CREATE TABLE item (id BIGINT PRIMARY KEY, name VARCHAR(255));");
    }

    private static void assertMigrated(Application application, String database) {
        assertEquals("1", application.query(database, "SELECT id FROM changelog"));
    }

    private static TestWar withPersistenceUnit(TestWar war, String database) {
        return withPersistenceUnit(war, database, "validate");
    }

    private static TestWar withPersistenceUnit(TestWar war, String database, String hbm2ddl) {
        return war.classes(Item.class).resource("META-INF/persistence.xml", """
                        <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
                          <persistence-unit name="furniture">
                            <jta-data-source>%s</jta-data-source>
                            <properties>
                              <property name="hibernate.hbm2ddl.auto" value="%s"/>
                            </properties>
                          </persistence-unit>
                        </persistence>
                        """.formatted(database, hbm2ddl));
    }
}
