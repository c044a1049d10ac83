package io.github.deploymigrations.it.everywhere;

import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.deploymigrations.it.TestWar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Whether the server refuses the deployment or goes on: nobody gets an answer from the application. */
class BlockedIT extends EverywhereTest {
    private static final String BROKEN = "INSERT INTO itme VALUES ('table');";

    private TestReporter reporter;

    @BeforeEach
    void reportTo(TestReporter reporter) {
        this.reporter = reporter;
    }

    @Test
    void a_broken_script_is_told_in_the_log_and_no_request_is_answered_by_the_application() throws Exception {
        refuse(withScripts(furniture(), BROKEN));
        assertTold();
    }

    @Test
    void so_it_is_where_the_application_names_its_DataSource_by_a_reference() throws Exception {
        refuse(withScripts(configured("furniture", Environment.REFERENCE), BROKEN));
        assertTold();
    }

    @Test
    void so_it_is_without_beans_xml() throws Exception {
        TestWar war = ENVIRONMENT.referring(war("furniture"), "");
        refuse(withScripts(inProperties(war, "data-source", Environment.REFERENCE), BROKEN));
        assertTold();
    }

    @Test
    void the_mended_application_goes_on_where_it_stopped() throws Exception {
        refuse(withScripts(furniture(), BROKEN));
        deploy(withScripts(furniture(), "INSERT INTO item VALUES ('table');"));
        assertEquals(List.of("1", "2"), applied());
        assertEquals(List.of("chair", "table"), database.query("SELECT name FROM item ORDER BY name"));
    }

    @Test
    void a_name_that_does_not_exist_is_told_and_not_passed_over() throws Exception {
        TestWar war = settings(war("furniture"), "java:comp/env/jdbc/missing", "connect-timeout", "1s");
        refuse(withScripts(war, BROKEN));
        assertSays(log(), "MIGR-301 The DataSource java:comp/env/jdbc/missing is not bound", "MIGR-606");
    }

    @Test
    void a_slip_in_the_settings_is_told() throws Exception {
        refuse(withScripts(furniture("enviroment", "development"), BROKEN));
        assertSays(log(), "There is no key \"enviroment\". Did you mean \"environment\"?");
    }

    private void refuse(TestWar war) throws Exception {
        String name = war.archive().getName();
        try (Caller caller = new Caller(application(name))) {
            String refusal = "none";
            try {
                server.deploy(war.archive());
            } catch (Exception e) {
                refusal = String.valueOf(e.getMessage());
            }
            Map<String, Integer> answers = caller.answers();
            // for docs/servers.md
            reporter.publishEntry(Map.of("refusal", refusal, "answers", answers.toString()));
            assertFalse(answers.containsKey("application"), answers::toString);
            assertFalse(answers.containsKey("200"), answers::toString);
        }
    }

    private void assertTold() {
        assertSays(
                log(),
                "MIGR-606 default: the deployment is blocked.",
                "MIGR-501 The script 2_insert_items.sql failed",
                "migrations/scripts/2_insert_items.sql, line 4 (statement 2)",
                "Statement:  INSERT INTO itme VALUES ('table');",
                "What to do: ",
                "Correct the script, then deploy again.");
        assertEquals(List.of("1"), applied());
        assertEquals(List.of(), database.query("SELECT name FROM item"));
    }

    private static TestWar withScripts(TestWar war, String insert) {
        return war.script("1_create_item.sql", "CREATE TABLE item (name VARCHAR(100));")
                .script("2_insert_items.sql", "-- // insert items", "INSERT INTO item VALUES ('chair');", "", insert);
    }
}
