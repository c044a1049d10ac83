package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.it.app.Crier;
import io.github.deploymigrations.it.app.EarlyBean;
import io.github.deploymigrations.it.app.EarlyListener;
import io.github.deploymigrations.it.app.Visitors;
import io.github.deploymigrations.it.app.Witness;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What starts with the application finds the migrated schema. */
@ExtendWith(ArquillianExtension.class)
class StartupIT {
    @RegisterExtension
    final Server server = new Server();

    @Test
    void singletons_and_listeners_find_the_migrated_schema() {
        String database = server.newDatabase();
        assertVisited(
                server.deploy(withVisitors(database).settings("data-source", "java:comp/env/jdbc/visitors")), database);
    }

    @Test
    void beans_hear_of_the_outcome_and_listeners_of_each_revision() {
        String database = server.newDatabase();
        Application application = server.deploy(TestWar.named("furniture")
                .settings("data-source", database)
                .webXml(TestWar.resourceReference("jdbc/visitors", database))
                .classes(Witness.class, Crier.class, Visitors.class)
                .resource("META-INF/services/io.github.deploymigrations.MigrationListener", Crier.class.getName())
                .script("1_create_visitor.sql", "CREATE TABLE visitor (name VARCHAR(100));"));
        assertEquals("event default 1, bean UP_TO_DATE 1", application.query(database, "SELECT name FROM visitor"));
        assertSays(server.log(), "default has 1");
    }

    @Test
    void they_find_it_in_an_application_without_beans_xml() {
        String database = server.newDatabase();
        assertVisited(
                server.deploy(withVisitors(database)
                        .resource("META-INF/mybatis-migrations.properties", "data-source = " + database)),
                database);
    }

    private static TestWar withVisitors(String database) {
        return TestWar.named("furniture")
                .webXml(TestWar.resourceReference("jdbc/visitors", database))
                .classes(EarlyBean.class, EarlyListener.class, Visitors.class)
                .script("1_create_visitor.sql", "CREATE TABLE visitor (name VARCHAR(100));");
    }

    private static void assertVisited(Application application, String database) {
        assertEquals(
                "EJB singleton\nservlet context listener",
                application.query(database, "SELECT name FROM visitor ORDER BY name"));
    }
}
