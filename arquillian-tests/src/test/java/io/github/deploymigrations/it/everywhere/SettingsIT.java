package io.github.deploymigrations.it.everywhere;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.it.TestWar;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsIT extends EverywhereTest {
    @Test
    void in_beans_xml() {
        deploy(withScript(referring().settings("data-source", Environment.REFERENCE, "variable.name", "chair")));
        assertEquals(List.of("chair"), database.query("SELECT name FROM item"));
        assertEquals(!ENVIRONMENT.toleratesSettingsInBeansXml(), log().contains("MIGR-630"), this::log);
    }

    @Test
    void in_the_properties_file() {
        deploy(withScript(inProperties(referring(), "data-source", Environment.REFERENCE, "variable.name", "chair")));
        assertEquals(List.of("chair"), database.query("SELECT name FROM item"));
    }

    @Test
    void in_the_beans_xml_of_the_classes() {
        String beansXml = """
                <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated">
                <migrations xmlns="urn:mybatis-migrations:1.0">
                  <property name="data-source" value="%s"/>
                  <property name="variable.name" value="chair"/>
                </migrations>
                </beans>""".formatted(Environment.REFERENCE);
        deploy(withScript(referring().resource("META-INF/beans.xml", beansXml)));
        assertEquals(List.of("chair"), database.query("SELECT name FROM item"));
    }

    private static TestWar referring() {
        return ENVIRONMENT.referring(war("furniture"), "");
    }

    private static TestWar withScript(TestWar war) {
        return war.script(
                "1_create_item.sql", "CREATE TABLE item (name VARCHAR(100));", "INSERT INTO item VALUES ('${name}');");
    }
}
