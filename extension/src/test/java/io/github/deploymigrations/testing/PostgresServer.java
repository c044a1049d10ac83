package io.github.deploymigrations.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** A PostgreSQL of its own process. Its programs are unpacked into {@code target} and stay there for the next time. */
final class PostgresServer {
    private static final EmbeddedPostgres SERVER = start();

    private PostgresServer() {}

    private static EmbeddedPostgres start() {
        QuietLoggers.of("io.zonky");
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(new File("target/postgresql"))
                    .setServerConfig("max_connections", "300")
                    .start();
            ServerGuard.watch(url(server, "postgres"), "postgres", "show data_directory", PostgresServer::pidFile);
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path pidFile(String dataDirectory) {
        return Path.of(dataDirectory, "postmaster.pid");
    }

    /** @param database empty for the server's own */
    static String url(String database) {
        return url(SERVER, database.isEmpty() ? "postgres" : database);
    }

    private static String url(EmbeddedPostgres server, String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }
}
