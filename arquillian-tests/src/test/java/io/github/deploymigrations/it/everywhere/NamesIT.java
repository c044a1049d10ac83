package io.github.deploymigrations.it.everywhere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.deploymigrations.it.Application;
import io.github.deploymigrations.it.TestWar;
import io.github.deploymigrations.it.app.QueryServlet;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;

/** The names by which an application knows its DataSource. */
class NamesIT extends EverywhereTest {
    @Test
    void the_name_that_the_server_has_for_it() {
        deploy(withScript(furniture()));
        assertEquals(List.of("1"), applied());
    }

    @Test
    void a_resource_reference() {
        Application application = deploy(withScript(configured("furniture", Environment.REFERENCE)));
        assertEquals(List.of("1"), applied());
        assertEquals("chair", application.query(Environment.REFERENCE, "SELECT name FROM item"));
    }

    @Test
    void a_resource_reference_of_a_WAR_in_an_EAR() {
        assumeTrue(ENVIRONMENT.hasEars(), "a server of WARs");
        server.deploy(ShrinkWrap.create(EnterpriseArchive.class, "company.ear")
                .addAsModule(withScript(configured("furniture", Environment.REFERENCE))
                        .archive()));
        answering(application("furniture.war"));
        assertEquals(List.of("1"), applied());
    }

    /** Of H2 in the memory of the server, or whatever it has; other tests may have been there, with a changelog of their own. */
    @Test
    void none_where_the_server_has_a_default() {
        assumeTrue(ENVIRONMENT.hasDefaultDataSource(), "no java:comp/DefaultDataSource");
        TestWar garden = inProperties(war("garden"), "changelog", "garden_changelog");
        Application application = deploy(garden.classes(QueryServlet.class)
                .script("1_first_plant.sql", "CREATE TABLE plant (name VARCHAR(100));"));
        assertEquals("1", application.query("java:comp/DefaultDataSource", "SELECT COUNT(*) FROM garden_changelog"));
    }

    private static TestWar withScript(TestWar war) {
        return war.script(
                "1_first_item.sql", "CREATE TABLE item (name VARCHAR(100));", "INSERT INTO item VALUES ('chair');");
    }
}
