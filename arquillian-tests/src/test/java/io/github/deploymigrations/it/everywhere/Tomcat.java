package io.github.deploymigrations.it.everywhere;

import io.github.deploymigrations.it.TestWar;
import java.nio.file.Path;

/** Tomcat with Weld in each WAR. */
final class Tomcat implements Environment {
    /** What the server defines is linked to a name of the application, here by conf/context.xml. */
    @Override
    public String dataSource() {
        return REFERENCE;
    }

    /** The link binds the reference, which needs no lookup-name. */
    @Override
    public TestWar referring(TestWar war, String webXml) {
        return war.webXml(TestWar.resourceReference("jdbc/furniture") + webXml);
    }

    @Override
    public TestWar equipped(TestWar war) {
        return war.library("weld.jar");
    }

    @Override
    public Path logs() {
        return HOME.resolve("logs");
    }

    @Override
    public boolean hasDefaultDataSource() {
        return false;
    }

    @Override
    public boolean hasEars() {
        return false;
    }

    @Override
    public boolean hasJsonBinding() {
        return false;
    }

    @Override
    public Persistence persistence() {
        return Persistence.NONE;
    }
}
