package io.github.deploymigrations.it.cluster;

import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.deploymigrations.it.TestWar;
import io.github.deploymigrations.it.app.Greeting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClusterIT {
    private static final Duration BOOT = Duration.ofSeconds(150);
    /** Far longer than a test: whoever has to wait for the end of the statement fails. */
    private static final int LONG = 600;

    @RegisterExtension
    static final Postgres DATABASE = new Postgres();

    private Node first;
    private Node second;

    @BeforeEach
    void prepare() {
        first = new Node(1, DATABASE);
        second = new Node(2, DATABASE);
        // how long the long script takes
        DATABASE.execute("CREATE TABLE pace (seconds INTEGER)");
        DATABASE.execute("INSERT INTO pace VALUES (0)");
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @Test
    void two_servers_that_start_at_once_get_live_and_each_script_is_applied_once() {
        first.with(release1()).start();
        second.with(release1()).start();
        await("both are live", () -> first.isLive() && second.isLive());
        assertAppliedOnce("1", "2", "3");
        assertEquals(
                1,
                Stream.of(first, second)
                        .filter(node -> node.log().contains("MIGR-603 default: applied 3 script(s)"))
                        .count());
    }

    @Test
    void a_server_that_is_killed_in_the_middle_of_a_script_leaves_the_rest_to_the_other() {
        DATABASE.execute("UPDATE pace SET seconds = " + LONG);
        first.with(release1()).start();
        second.with(release1()).start();
        await("one migrates", () -> migrating().size() == 1);
        Node killed = migrating().get(0).equals(first.name()) ? first : second;
        Node other = killed == first ? second : first;
        await("the other waits for it", () -> other.log().contains("MIGR-520"));
        assertFalse(first.isLive() || second.isLive());

        DATABASE.execute("UPDATE pace SET seconds = 0");
        killed.kill();
        await("the other is live", other::isLive);
        assertAppliedOnce("1", "2", "3");

        killed.start();
        await("the killed one is live again", killed::isLive);
        assertAppliedOnce("1", "2", "3");
        assertSays(killed.log(), "MIGR-602 default: up to date at revision 3");
    }

    @Test
    void an_old_release_goes_on_beside_a_new_one_and_can_be_started_again() {
        first.with(release1()).start();
        second.with(release1()).start();
        await("both are live", () -> first.isLive() && second.isLive());

        second.with(release1().script("4_item_4.sql", "INSERT INTO item VALUES ('4');"));
        await("the new release is live", () -> applied().contains("4") && second.isLive());
        assertSays(first.application().read("migrations/health"), "UP");

        first.kill();
        first.start();
        await("the old release is live again", first::isLive);
        assertSays(first.log(), "MIGR-405");
        assertAppliedOnce("1", "2", "3", "4");
    }

    /** Three scripts that leave a row each, of which the second takes its time in the middle. */
    private static TestWar release1() {
        TestWar war = TestWar.named("furniture")
                .classes(Greeting.class, Greeting.Filtering.class)
                .settings("data-source", "java:jboss/datasources/Furniture")
                .script("1_item_1.sql", "CREATE TABLE item (name VARCHAR(100));", "INSERT INTO item VALUES ('1');")
                .script(
                        "2_item_2.sql",
                        "INSERT INTO item VALUES ('2');",
                        "SELECT pg_sleep(seconds) FROM pace;",
                        "ALTER TABLE item ADD price INTEGER;");
        return war.script("3_item_3.sql", "INSERT INTO item VALUES ('3');");
    }

    private static List<String> migrating() {
        return DATABASE.query("SELECT usename FROM pg_stat_activity"
                + " WHERE state = 'active' AND query LIKE '%pg_sleep(seconds)%' AND pid <> pg_backend_pid()");
    }

    private static void assertAppliedOnce(String... ids) {
        assertEquals(List.of(ids), applied());
        assertEquals(List.of(ids), DATABASE.query("SELECT name FROM item ORDER BY name"));
    }

    private static List<String> applied() {
        return DATABASE.query("SELECT id FROM changelog ORDER BY id");
    }

    private static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(BOOT);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                fail("Not within " + BOOT + ": " + what);
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
