package io.github.deploymigrations.it.everywhere;

import io.github.deploymigrations.it.TestWar;
import java.nio.file.Path;

/** Jetty with Weld in each WAR. */
final class Jetty implements Environment {
    /** A server has no names of its own that applications see. */
    @Override
    public String dataSource() {
        return REFERENCE;
    }

    /** Jetty binds what is defined under the name of the reference, and knows no lookup-name. */
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
        return HOME.resolve("base/logs");
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
