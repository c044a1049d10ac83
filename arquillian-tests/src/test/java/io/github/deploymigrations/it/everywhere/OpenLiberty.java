package io.github.deploymigrations.it.everywhere;

import java.nio.file.Path;

final class OpenLiberty implements Environment {
    @Override
    public String dataSource() {
        return "jdbc/furniture";
    }

    @Override
    public Path logs() {
        return HOME.resolve("usr/servers/defaultServer/logs");
    }

    @Override
    public boolean asksForPasswordsByItself() {
        return true;
    }

    @Override
    public Persistence persistence() {
        return Persistence.ECLIPSELINK;
    }
}
