package io.github.deploymigrations.it.everywhere;

import io.github.deploymigrations.it.TestWar;
import java.nio.file.Path;

/** GlassFish, and Payara, which was one. */
final class GlassFish implements Environment {
    @Override
    public String dataSource() {
        return "jdbc/furniture";
    }

    /** Groups become roles in a file of the server. */
    @Override
    public TestWar equipped(TestWar war) {
        return war.webInf("glassfish-web.xml", """
                <glassfish-web-app>
                  <security-role-mapping>
                    <role-name>migrations</role-name>
                    <group-name>migrations</group-name>
                  </security-role-mapping>
                  <security-role-mapping>
                    <role-name>migrations-admin</role-name>
                    <group-name>migrations-admin</group-name>
                  </security-role-mapping>
                </glassfish-web-app>
                """);
    }

    @Override
    public Path logs() {
        return HOME.resolve("glassfish/domains/domain1/logs");
    }

    @Override
    public Persistence persistence() {
        return Persistence.ECLIPSELINK;
    }

    /** It looks for the DataSource before it binds the names of the WAR. */
    @Override
    public boolean unitsKnowReferences() {
        return false;
    }

    @Override
    public boolean asksForPasswordsByItself() {
        return true;
    }

    @Override
    public boolean asksByPageOfItsOwn() {
        return true;
    }

    /** Nothing tells Hibernate (6.6) what it runs on. */
    @Override
    public String propertiesOfHibernate() {
        return Persistence.property(
                "hibernate.transaction.jta.platform",
                "org.hibernate.engine.transaction.jta.platform.internal.SunOneJtaPlatform");
    }
}
