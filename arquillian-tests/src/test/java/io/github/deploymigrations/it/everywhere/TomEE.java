package io.github.deploymigrations.it.everywhere;

import java.nio.file.Path;

final class TomEE implements Environment {
    @Override
    public String dataSource() {
        return "openejb:Resource/jdbc/furniture";
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
    public boolean toleratesSettingsInBeansXml() {
        return false;
    }

    /** It has EARs; the manager of Tomcat, by which these tests deploy, takes WARs alone. */
    @Override
    public boolean hasEars() {
        return false;
    }

    @Override
    public Persistence persistence() {
        return Persistence.OPENJPA;
    }
}
