package io.github.deploymigrations.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.preflight.Finding;
import io.github.deploymigrations.settings.DatabaseSettings;
import io.github.deploymigrations.settings.Overrides;
import io.github.deploymigrations.settings.SettingsReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider beside the scripts: what it would do to their schema, and when that is sure. */
class PersistenceUnitTest {
    private static final String JPA = "jakarta.persistence.schema-generation.";

    private static DatabaseSettings block(String... lines) {
        SettingsReader reader = new SettingsReader(new Overrides(Map.of(), Map.of(), Map.of()));
        try {
            reader.properties("settings", new StringReader(String.join("\n", lines)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reader.read().databases().get(0);
    }

    private static List<PersistenceUnit> units(String elements, Map<String, String> properties)
            throws XMLStreamException {
        String lines = properties.entrySet().stream()
                .map(entry -> "<property name='" + entry.getKey() + "' value='" + entry.getValue() + "'/>")
                .collect(Collectors.joining("\n"));
        String xml = "<persistence xmlns='https://jakarta.ee/xml/ns/persistence' version='3.0'>\n"
                + "<persistence-unit name='shop'>" + elements + "<properties>" + lines
                + "</properties></persistence-unit>\n<persistence-unit name='other'/></persistence>";
        return PersistenceXml.read(
                "META-INF/persistence.xml", new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    /** What is found of all units. */
    private static String found(DatabaseSettings block, String elements, Map<String, String> properties)
            throws XMLStreamException {
        return units(elements, properties).stream()
                .flatMap(unit -> unit.finding(block).stream())
                .map(finding -> finding instanceof Finding.Fatal fatal
                        ? "fatal " + fatal.problem().explanation().code()
                        : "doubtful "
                                + ((Finding.Doubtful) finding).explanation().code())
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource({
        "hibernate.hbm2ddl.auto, create, fatal MIGR-346",
        "hibernate.hbm2ddl.auto, create-drop, fatal MIGR-346",
        "hibernate.hbm2ddl.auto, ' Create-Drop ', fatal MIGR-346",
        "hibernate.hbm2ddl.auto, drop, fatal MIGR-346",
        "hibernate.hbm2ddl.auto, update, doubtful MIGR-347",
        "hibernate.hbm2ddl.auto, create-only, doubtful MIGR-347",
        "hibernate.hbm2ddl.auto, validate, ''",
        "hibernate.hbm2ddl.auto, none, ''",
        "hibernate.hbm2ddl.auto, ${ddl}, ''",
        JPA + "database.action, drop-and-create, fatal MIGR-346",
        "javax.persistence.schema-generation.database.action, drop, fatal MIGR-346",
        JPA + "database.action, create, doubtful MIGR-347",
        JPA + "database.action, none, ''",
        JPA + "scripts.action, drop-and-create, ''",
    })
    void each_setting_has_its_meaning(String key, String value, String finding) throws XMLStreamException {
        assertEquals(finding, found(block("environment=production"), "", Map.of(key, value)));
    }

    @Test
    void hibernates_own_setting_counts_where_the_standards_says_nothing() throws XMLStreamException {
        Map<String, String> hbm2ddl = Map.of("hibernate.hbm2ddl.auto", "create");
        DatabaseSettings block = block("environment=production");
        assertEquals("fatal MIGR-346", found(block, "", with(hbm2ddl, JPA + "database.action", "none")));
        assertEquals("doubtful MIGR-347", found(block, "", with(hbm2ddl, JPA + "database.action", "create")));
        assertEquals("", found(block, "", with(hbm2ddl, JPA + "scripts.action", "create")));
        assertEquals("", found(block, "<provider>org.eclipse.persistence.jpa.PersistenceProvider</provider>", hbm2ddl));
        assertEquals(
                "fatal MIGR-346",
                found(block, "<provider>org.hibernate.jpa.HibernatePersistenceProvider</provider>", hbm2ddl));
    }

    @ParameterizedTest
    @CsvSource({
        "org.eclipse.persistence.jpa.PersistenceProvider, eclipselink.ddl-generation, drop-and-create-tables, fatal MIGR-346",
        "org.eclipse.persistence.jpa.PersistenceProvider, eclipselink.ddl-generation, create-or-extend-tables, doubtful MIGR-347",
        "org.eclipse.persistence.jpa.PersistenceProvider, eclipselink.ddl-generation, create-tables, doubtful MIGR-347",
        "org.eclipse.persistence.jpa.PersistenceProvider, eclipselink.ddl-generation, none, ''",
        "org.hibernate.jpa.HibernatePersistenceProvider, eclipselink.ddl-generation, drop-and-create-tables, ''",
        "org.apache.openjpa.persistence.PersistenceProviderImpl, openjpa.jdbc.SynchronizeMappings, buildSchema(ForeignKeys=true), doubtful MIGR-347",
        "org.apache.openjpa.persistence.PersistenceProviderImpl, openjpa.jdbc.SynchronizeMappings, validate, ''",
    })
    void so_have_those_of_other_providers(String provider, String key, String value, String finding)
            throws XMLStreamException {
        assertEquals(
                finding,
                found(block("environment=production"), "<provider>" + provider + "</provider>", Map.of(key, value)));
    }

    /** A WAR for several servers has the settings of several providers, of which one counts. */
    @Test
    void where_the_server_chooses_the_provider_theirs_are_a_warning() throws XMLStreamException {
        DatabaseSettings block = block("environment=production");
        assertEquals(
                "doubtful MIGR-346", found(block, "", Map.of("eclipselink.ddl-generation", "drop-and-create-tables")));
        assertEquals("doubtful MIGR-347", found(block, "", Map.of("openjpa.jdbc.SynchronizeMappings", "buildSchema")));
    }

    @Test
    void eclipselinks_own_setting_counts_before_the_standards() throws XMLStreamException {
        String provider = "<provider>org.eclipse.persistence.jpa.PersistenceProvider</provider>";
        DatabaseSettings block = block("environment=production");
        Map<String, String> none = Map.of("eclipselink.ddl-generation", "none");
        assertEquals("", found(block, provider, with(none, JPA + "database.action", "drop-and-create")));
        Map<String, String> drop = Map.of("eclipselink.ddl-generation", "drop-and-create-tables");
        assertEquals("fatal MIGR-346", found(block, provider, with(drop, JPA + "database.action", "none")));
        assertEquals("", found(block, provider, with(drop, "eclipselink.ddl-generation.output-mode", "sql-script")));
    }

    @Test
    void in_development_it_is_a_warning() throws XMLStreamException {
        assertEquals(
                "doubtful MIGR-346",
                found(block("environment=development"), "", Map.of("hibernate.hbm2ddl.auto", "create-drop")));
    }

    @Test
    void only_a_unit_on_the_very_database_of_the_block_counts() throws XMLStreamException {
        Map<String, String> create = Map.of("hibernate.hbm2ddl.auto", "create");
        String orders = "<jta-data-source> java:jboss/datasources/Orders </jta-data-source>";
        DatabaseSettings block = block("data-source=java:jboss/datasources/Orders");
        assertEquals("fatal MIGR-346", found(block, orders, create));
        assertEquals("", found(block, "", create));
        assertEquals("", found(block, "<jta-data-source>java:jboss/datasources/Cache</jta-data-source>", create));
        assertEquals("", found(block, orders, with(create, "jakarta.persistence.jdbc.url", "jdbc:h2:mem:x")));
        assertEquals("", found(block, orders, with(create, "hibernate.default_schema", "cache")));
        DatabaseSettings inSchema = block("data-source=java:jboss/datasources/Orders", "schema=stock");
        assertEquals("", found(inSchema, orders, create));
        assertEquals("fatal MIGR-346", found(inSchema, orders, with(create, "hibernate.default_schema", "STOCK")));
    }

    @Test
    void the_finding_says_where_the_unit_is_and_what_it_has() throws XMLStreamException {
        Finding.Fatal finding = (Finding.Fatal) units("", Map.of("hibernate.hbm2ddl.auto", "create"))
                .get(0)
                .finding(block("environment=production"))
                .orElseThrow();
        String text = finding.problem().toString();
        assertTrue(
                text.startsWith("MIGR-346 META-INF/persistence.xml:2: The persistence unit \"shop\" has"
                        + " hibernate.hbm2ddl.auto=create"),
                text);
    }

    private static Map<String, String> with(Map<String, String> properties, String key, String value) {
        Map<String, String> more = new HashMap<>(properties);
        more.put(key, value);
        return more;
    }
}
