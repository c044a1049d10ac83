package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(ArquillianExtension.class)
class RedeploymentIT {
    private static final String APPLIED = "SELECT id, applied_at FROM changelog ORDER BY id";

    @RegisterExtension
    final Server server = new Server();

    @Test
    void a_redeployment_applies_nothing() {
        String database = server.newDatabase();
        String appliedFirst = server.deploy(release1(database)).query(database, APPLIED);
        assertSays(server.log(), "MIGR-603 default: applied 1 script(s)");

        Application redeployed = server.deploy(release1(database));
        assertEquals(appliedFirst, redeployed.query(database, APPLIED));
        assertEquals("chair", redeployed.query(database, "SELECT name FROM item"));
        assertSays(server.log(), "MIGR-602 default: up to date at revision 1");
    }

    @Test
    void the_next_release_applies_the_new_script_and_only_that() {
        String database = server.newDatabase();
        String appliedFirst = server.deploy(release1(database)).query(database, APPLIED);

        Application next =
                server.deploy(release1(database).script("2_second_item.sql", "INSERT INTO item VALUES ('table');"));
        assertEquals("chair\ntable", next.query(database, "SELECT name FROM item ORDER BY name"));
        String applied = next.query(database, APPLIED);
        assertTrue(applied.startsWith(appliedFirst + "\n2 "), applied);
    }

    @Test
    void a_broken_next_release_leaves_the_running_one_in_its_place() {
        String database = server.newDatabase();
        Application running = server.deploy(release1(database));

        String failure =
                server.refuse(release1(database).script("2_second_item.sql", "INSERT INTO itme VALUES ('table');"));
        assertSays(failure, "MIGR-501");
        assertEquals("chair", running.query(database, "SELECT name FROM item"));
    }

    private static TestWar release1(String database) {
        return TestWar.named("furniture")
                .settings("data-source", database)
                .script(
                        "1_first_item.sql",
                        "CREATE TABLE item (name VARCHAR(100));",
                        "INSERT INTO item VALUES ('chair');");
    }
}
