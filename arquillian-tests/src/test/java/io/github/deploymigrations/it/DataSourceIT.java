package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The names by which an application knows its DataSource; {@code java:jboss} is what the other tests use. */
@ExtendWith(ArquillianExtension.class)
class DataSourceIT {
    private static final String REFERENCE = "java:comp/env/jdbc/furniture";

    @RegisterExtension
    final Server server = new Server();

    @Test
    void a_resource_reference_with_a_lookup_name() {
        assertApplied(server.deploy(withReference(server.newDatabase())), REFERENCE);
    }

    @Test
    void a_resource_reference_that_jboss_web_xml_maps() {
        TestWar war = named(REFERENCE)
                .webXml(TestWar.resourceReference("jdbc/furniture"))
                .webInf("jboss-web.xml", """
                        <jboss-web>
                          <resource-ref>
                            <res-ref-name>jdbc/furniture</res-ref-name>
                            <jndi-name>%s</jndi-name>
                          </resource-ref>
                        </jboss-web>
                        """.formatted(server.newDatabase()));
        assertApplied(server.deploy(war), REFERENCE);
    }

    @Test
    void a_resource_reference_of_a_WAR_in_an_EAR() {
        server.deploy(ShrinkWrap.create(EnterpriseArchive.class, "company.ear")
                .addAsModule(withReference(server.newDatabase()).archive()));
        assertApplied(Server.application("furniture.war"), REFERENCE);
    }

    @Test
    void a_DataSource_that_the_application_defines() {
        String name = "java:app/jdbc/furniture";
        TestWar war = named(name).webXml("""
                        <data-source>
                          <name>java:app/jdbc/furniture</name>
                          <class-name>org.h2.jdbcx.JdbcDataSource</class-name>
                          <url>jdbc:h2:mem:furniture;DB_CLOSE_DELAY=-1</url>
                          <user>sa</user>
                          <password></password>
                        </data-source>
                        """).webInf("jboss-deployment-structure.xml", """
                        <jboss-deployment-structure>
                          <deployment>
                            <dependencies><module name="com.h2database.h2"/></dependencies>
                          </deployment>
                        </jboss-deployment-structure>
                        """);
        assertApplied(server.deploy(war), name);
    }

    @Test
    void a_reference_that_nobody_declares_is_refused() {
        String failure = server.refuse(undeclared());
        assertSays(
                failure,
                "MIGR-301 The DataSource java:comp/env/jdbc/furniture is not bound",
                "resource-ref in web.xml");
    }

    @Test
    void a_reference_that_nobody_declares_is_refused_in_an_EAR_too() {
        String failure = server.refuse(ShrinkWrap.create(EnterpriseArchive.class, "company.ear")
                .addAsModule(undeclared().archive()));
        assertSays(
                failure,
                "MIGR-301 The DataSource java:comp/env/jdbc/furniture is not bound",
                "resource-ref in web.xml");
    }

    private static TestWar undeclared() {
        return TestWar.named("furniture")
                .settings("data-source", REFERENCE, "connect-timeout", "1s")
                .script("1_create_item.sql", "CREATE TABLE item (name VARCHAR(100));");
    }

    private static TestWar withReference(String database) {
        return named(REFERENCE).webXml(TestWar.resourceReference("jdbc/furniture", database));
    }

    private static TestWar named(String dataSource) {
        return TestWar.named("furniture")
                .settings("data-source", dataSource)
                .script(
                        "1_create_item.sql",
                        "CREATE TABLE item (name VARCHAR(100));",
                        "INSERT INTO item VALUES ('chair');");
    }

    private static void assertApplied(Application application, String dataSource) {
        assertEquals("chair", application.query(dataSource, "SELECT name FROM item"));
    }
}
