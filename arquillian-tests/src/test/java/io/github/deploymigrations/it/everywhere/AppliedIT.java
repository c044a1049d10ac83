package io.github.deploymigrations.it.everywhere;

import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.it.TestWar;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppliedIT extends EverywhereTest {
    @Test
    void the_scripts_of_a_WAR_are_applied_and_the_log_has_a_line_for_each() {
        deploy(release1());
        assertEquals(List.of("1"), applied());
        assertEquals(List.of("chair"), database.query("SELECT name FROM item"));
        assertSays(log(), "MIGR-603 default: applied 1 script(s)", "first item");
    }

    @Test
    void a_redeployment_applies_nothing() {
        deploy(release1());
        List<String> before = database.query("SELECT applied_at FROM changelog");
        deploy(release1());
        assertEquals(before, database.query("SELECT applied_at FROM changelog"));
        assertEquals(List.of("chair"), database.query("SELECT name FROM item"));
        assertSays(log(), "MIGR-602 default: up to date at revision 1");
    }

    @Test
    void the_next_release_applies_the_new_script_alone() {
        deploy(release1());
        deploy(release1().script("2_second_item.sql", "INSERT INTO item VALUES ('table');"));
        assertEquals(List.of("1", "2"), applied());
        assertEquals(List.of("chair", "table"), database.query("SELECT name FROM item ORDER BY name"));
    }

    private static TestWar release1() {
        return furniture()
                .script(
                        "1_first_item.sql",
                        "CREATE TABLE item (name VARCHAR(100));",
                        "INSERT INTO item VALUES ('chair');");
    }
}
