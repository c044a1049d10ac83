package io.github.deploymigrations.it.everywhere;

import io.github.deploymigrations.it.TestWar;
import java.nio.file.Path;

final class OpenLiberty implements Environment {
    @Override
    public String dataSource() {
        return "jdbc/furniture";
    }

    /** Liberty knows of the roles that web.xml declares, and not of those that are declared by the API (26.0.0.3). */
    @Override
    public TestWar referring(TestWar war, String webXml) {
        return Environment.super.referring(war, webXml + """
                <security-role><role-name>migrations</role-name></security-role>
                <security-role><role-name>migrations-admin</role-name></security-role>
                """);
    }

    @Override
    public Path logs() {
        return HOME.resolve("usr/servers/defaultServer/logs");
    }

    @Override
    public boolean asksForPasswordsByItself() {
        return true;
    }
}
