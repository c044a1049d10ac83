package io.github.deploymigrations.it.everywhere;

/** The JPA provider of a server, as a persistence unit without a {@code <provider>} gets it. */
enum Persistence {
    /** None: a server of servlets alone. */
    NONE(""),
    HIBERNATE(property("hibernate.hbm2ddl.auto", "validate")),
    /** Has nothing to validate by. */
    ECLIPSELINK(property("eclipselink.deploy-on-startup", "true")),
    /** With {@code openjpa.InitializeEagerly} TomEE (9) would validate before it asks anybody else, and fail. */
    OPENJPA(property("openjpa.jdbc.SynchronizeMappings", "validate"));

    private final String early;

    Persistence(String early) {
        this.early = early;
    }

    /** The properties that let it build the unit as early as may be, and validate its mapping if it can. */
    String early() {
        return early;
    }

    static String property(String name, String value) {
        return "<property name=\"%s\" value=\"%s\"/>\n".formatted(name, value);
    }

    /** A persistence.xml with one unit that leaves the schema alone. */
    static String xml(String dataSource, String properties) {
        return xml("", dataSource, properties);
    }

    /**
     * The same, by Hibernate in the place of what the server has; it validates. Its enhancer (6.6) is off: the servers have
     * it look at the classes that it is made of.
     */
    static String byHibernate(String dataSource, String properties) {
        return xml(
                "<provider>org.hibernate.jpa.HibernatePersistenceProvider</provider>",
                dataSource,
                HIBERNATE.early()
                        + property("hibernate.enhancer.enableLazyInitialization", "false")
                        + property("hibernate.enhancer.enableDirtyTracking", "false")
                        + properties);
    }

    private static String xml(String provider, String dataSource, String properties) {
        return """
                <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
                  <persistence-unit name="furniture" transaction-type="JTA">
                    %s
                    <jta-data-source>%s</jta-data-source>
                    <class>io.github.deploymigrations.it.app.Item</class>
                    <exclude-unlisted-classes>true</exclude-unlisted-classes>
                    <properties>
                      <property name="jakarta.persistence.schema-generation.database.action" value="none"/>
                      %s
                    </properties>
                  </persistence-unit>
                </persistence>
                """.formatted(provider, dataSource, properties);
    }
}
