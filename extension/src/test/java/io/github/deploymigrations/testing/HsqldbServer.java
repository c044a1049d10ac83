package io.github.deploymigrations.testing;

import java.io.IOException;
import java.net.ServerSocket;
import org.hsqldb.persist.HsqlProperties;
import org.hsqldb.server.Server;
import org.hsqldb.server.ServerAcl;

/** HSQLDB as a server in this process. */
final class HsqldbServer {
    private static final int PORT = start();

    private HsqldbServer() {}

    private static int start() {
        try {
            int port = freePort();
            HsqlProperties properties = new HsqlProperties();
            properties.setProperty("server.port", port);
            properties.setProperty("server.address", "127.0.0.1");
            properties.setProperty("server.remote_open", true);
            properties.setProperty("server.daemon", true);
            properties.setProperty("server.no_system_exit", true);
            Server server = new Server();
            server.setLogWriter(null);
            server.setErrWriter(null);
            server.setProperties(properties);
            server.start();
            return port;
        } catch (IOException | ServerAcl.AclFormatException e) {
            throw new IllegalStateException(e);
        }
    }

    /** HSQLDB takes 0 for its default. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static String url(String name) {
        return "jdbc:hsqldb:hsql://127.0.0.1:" + PORT + "/" + name + ";filepath=mem:" + name;
    }
}
