package io.github.deploymigrations.testing;

import java.sql.SQLException;
import org.h2.tools.Server;

/** H2 as a server in this process. */
final class H2Server {
    private static final Server SERVER = start();

    private H2Server() {}

    private static Server start() {
        try {
            return Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-ifNotExists")
                    .start();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + SERVER.getPort() + "/";
    }
}
