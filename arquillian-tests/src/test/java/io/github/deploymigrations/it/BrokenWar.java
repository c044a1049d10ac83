package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.regex.Pattern;

/** A WAR whose second script has a slip in its second statement, and what its administrator has to be told. */
final class BrokenWar {
    private static final Pattern OUR_STACK_TRACE = Pattern.compile("\\sat \\S*io\\.github\\.deploymigrations");

    private BrokenWar() {}

    static TestWar on(String database) {
        return insertingInto("itme").settings("data-source", database);
    }

    static TestWar inDevelopment(String database) {
        return insertingInto("itme")
                .settings("data-source", database, "environment", "development", "status-access", "open");
    }

    /** The same without the slip. */
    static TestWar mended(String database) {
        return insertingInto("item").settings("data-source", database);
    }

    private static TestWar insertingInto(String table) {
        return TestWar.named("furniture")
                .script("1_create_item.sql", "CREATE TABLE item (name VARCHAR(100));")
                .script(
                        "2_insert_items.sql",
                        "-- // insert items",
                        "INSERT INTO item VALUES ('chair');",
                        "",
                        "INSERT INTO " + table + " VALUES ('table');");
    }

    static void assertTold(String text) {
        assertSays(
                text,
                "[default] MIGR-501 The script 2_insert_items.sql failed",
                "migrations/scripts/2_insert_items.sql, line 4 (statement 2)",
                "Statement:  INSERT INTO itme VALUES ('table');",
                "SQLState:   42S02, vendor code 42102",
                "Applied:    1 (before the failure, and stays applied)",
                "What to do: ",
                "Correct the script, then deploy again.");
        assertFalse(OUR_STACK_TRACE.matcher(text).find(), text);
    }
}
