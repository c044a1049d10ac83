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
}
