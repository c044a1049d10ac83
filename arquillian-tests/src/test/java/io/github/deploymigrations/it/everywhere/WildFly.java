package io.github.deploymigrations.it.everywhere;

import java.nio.file.Path;

final class WildFly implements Environment {
    @Override
    public String dataSource() {
        return "java:jboss/datasources/Furniture";
    }

    @Override
    public Path logs() {
        return HOME.resolve("standalone/log");
    }

    @Override
    public Persistence persistence() {
        return Persistence.HIBERNATE;
    }
}
