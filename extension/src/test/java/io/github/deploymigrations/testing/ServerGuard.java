package io.github.deploymigrations.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;

/**
 * Ends a database server with this JVM, however that ends: a killed or halted JVM runs no shutdown hooks. A shell waits
 * for the end of its input, which comes when this process is gone.
 */
final class ServerGuard {
    private ServerGuard() {}

    /** @param query for the text that tells the file with the server's process id */
    static void watch(String url, String user, String query, Function<String, Path> pidFile) {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            Path file = pidFile.apply(row.getString(1));
            watch(Long.parseLong(Files.readAllLines(file).get(0).strip()), file.getParent());
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param folder that goes with the process */
    static void watch(long pid, Path folder) throws IOException {
        // INT ends PostgreSQL without waiting for its clients; MariaDB goes by TERM
        String commands = "cat > /dev/null; kill -INT " + pid + "; kill -TERM " + pid
                + "; for i in 1 2 3 4 5 6 7 8 9; do kill -0 " + pid + " && sleep 0.2; done; rm -rf '" + folder + "'";
        new ProcessBuilder("sh", "-c", commands)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
