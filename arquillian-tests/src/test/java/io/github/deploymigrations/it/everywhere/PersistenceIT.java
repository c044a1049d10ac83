package io.github.deploymigrations.it.everywhere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.deploymigrations.it.TestWar;
import io.github.deploymigrations.it.app.Item;
import io.github.deploymigrations.it.app.Items;
import java.io.File;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A persistence unit of the WAR finds the table that its migrations create, whichever provider the server has. */
class PersistenceIT extends EverywhereTest {
    @BeforeEach
    void needsJpa() {
        assumeTrue(ENVIRONMENT.persistence() != Persistence.NONE, "no JPA");
    }

    @Test
    void when_the_application_starts_and_at_a_request() {
        assertFound(furniture(), ENVIRONMENT.dataSource(), "");
    }

    @Test
    void so_it_does_where_the_migrations_name_their_DataSource_by_a_reference() {
        assertFound(configured("furniture", Environment.REFERENCE), ENVIRONMENT.dataSource(), "");
    }

    @Test
    void so_it_does_where_the_unit_names_it_by_a_reference() {
        assertFound(furniture(), Environment.REFERENCE, "");
    }

    @Test
    void so_it_does_where_it_is_built_early_and_validated() {
        assertFound(
                furniture(), ENVIRONMENT.dataSource(), ENVIRONMENT.persistence().early());
    }

    @Test
    void so_it_does_where_it_is_built_early_and_both_name_it_by_the_reference() {
        assertFound(
                configured("furniture", Environment.REFERENCE),
                Environment.REFERENCE,
                ENVIRONMENT.persistence().early());
    }

    @Test
    void so_it_does_where_the_WAR_brings_Hibernate_which_validates() {
        assumeTrue(ENVIRONMENT.persistence() != Persistence.HIBERNATE, "the server has Hibernate");
        assumeTrue(ENVIRONMENT.persistence() != Persistence.OPENJPA, "Hibernate 6.6 needs JPA 3.1");
        TestWar war = furniture();
        for (File library : TestWar.builtFile("hibernate").listFiles()) {
            war.archive().addAsLibrary(library);
        }
        assertFound(war, Persistence.byHibernate(ENVIRONMENT.dataSource(), ENVIRONMENT.propertiesOfHibernate()));
    }

    private void assertFound(TestWar war, String dataSource, String properties) {
        assumeTrue(
                ENVIRONMENT.unitsKnowReferences() || !dataSource.equals(Environment.REFERENCE),
                "a persistence unit knows names of the server alone");
        assertFound(war, Persistence.xml(dataSource, properties));
    }

    private void assertFound(TestWar war, String persistenceXml) {
        war.classes(Item.class, Items.class, Items.AtStart.class)
                .resource("META-INF/persistence.xml", persistenceXml)
                .script(
                        "1_first_item.sql",
                        "CREATE TABLE item (id BIGINT PRIMARY KEY, name VARCHAR(255));",
                        "INSERT INTO item VALUES (1, 'chair');");
        assertEquals("at the start chair, now chair", deploy(war).read("items"));
    }
}
