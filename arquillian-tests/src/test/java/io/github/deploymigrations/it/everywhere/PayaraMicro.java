package io.github.deploymigrations.it.everywhere;

import io.github.deploymigrations.it.TestWar;
import java.nio.file.Path;

/** Payara without a folder of its own: a jar, and what is said at its start. */
final class PayaraMicro implements Environment {
    private final Environment payara = new GlassFish();

    @Override
    public String dataSource() {
        return payara.dataSource();
    }

    @Override
    public TestWar equipped(TestWar war) {
        return payara.equipped(war);
    }

    @Override
    public Path logs() {
        return HOME;
    }

    /** Neither (6.2025.10) by --deploy, nor by --deploymentDir, nor by the command deploy. */
    @Override
    public boolean hasEars() {
        return false;
    }

    /** The adapter (3.1) starts a server for each archive, and leaves it while it still ends, and answers. */
    @Override
    public void undeployed() {
        ProcessHandle.current().children().forEach(server -> server.onExit().join());
    }

    @Override
    public Persistence persistence() {
        return Persistence.ECLIPSELINK;
    }

    @Override
    public boolean unitsKnowReferences() {
        return payara.unitsKnowReferences();
    }

    @Override
    public boolean asksForPasswordsByItself() {
        return payara.asksForPasswordsByItself();
    }

    @Override
    public boolean asksByPageOfItsOwn() {
        return payara.asksByPageOfItsOwn();
    }

    @Override
    public String propertiesOfHibernate() {
        return payara.propertiesOfHibernate();
    }
}
