package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertDoesNotSay;
import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(ArquillianExtension.class)
class BrokenScriptIT {
    @RegisterExtension
    final Server server = new Server();

    @Test
    void a_broken_script_blocks_the_deployment_and_its_story_is_in_the_failure_and_in_the_log() {
        String failure = server.refuse(BrokenWar.on(server.newDatabase()));
        BrokenWar.assertTold(failure);
        assertDoesNotSay(failure, "\tat ");
        BrokenWar.assertTold(server.log());
        assertSays(server.log(), "MIGR-606 default: the deployment is blocked.");
    }

    @Test
    void a_blocked_deployment_leaves_nothing_deployed_and_the_mended_one_goes_on_where_it_stopped() {
        String database = server.newDatabase();
        server.refuse(BrokenWar.on(database));
        assertFalse(server.hasDeployment("furniture.war"));
        assertEquals(404, Server.application("furniture.war").get("").statusCode());

        Application mended = server.deploy(BrokenWar.mended(database));
        assertEquals("1\n2", mended.query(database, "SELECT id FROM changelog ORDER BY id"));
        // each once: what the failed attempt had inserted was rolled back
        assertEquals("chair\ntable", mended.query(database, "SELECT name FROM item ORDER BY name"));
    }

    @Test
    void other_applications_go_on_beside_a_blocked_deployment() {
        String database = server.newDatabase();
        Application neighbour = server.deploy(TestWar.withoutExtension("neighbour"));
        server.refuse(BrokenWar.on(database));
        assertEquals("1", neighbour.query(database, "SELECT id FROM changelog"));
    }

    @Test
    void in_development_the_application_starts_and_the_log_has_the_story() {
        String database = server.newDatabase();
        Application application = server.deploy(BrokenWar.inDevelopment(database));
        assertEquals("1", application.query(database, "SELECT id FROM changelog"));
        assertSays(
                server.log(),
                "MIGR-607 default: the migrations failed, and the application starts on a schema that it does not expect",
                "migrations/scripts/2_insert_items.sql, line 4 (statement 2)");
    }
}
