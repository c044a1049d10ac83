package io.github.deploymigrations.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PgBouncer in front of the PostgreSQL of the tests, of every database and as its user; ends with its JVM at the latest. */
public final class PgBouncer implements AutoCloseable {
    private static Optional<PgBouncer> ofTransactions = Optional.empty();

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** One that gives each transaction another session, the whole JVM's. */
    static synchronized PgBouncer ofTransactions() {
        if (ofTransactions.isEmpty()) {
            // so that no two transactions in a row have the same session
            ofTransactions = Optional.of(start("transaction", "server_round_robin = 1"));
        }
        return ofTransactions.get();
    }

    /**
     * Starts one.
     *
     * @param settings beside its mode, a line each
     */
    public static PgBouncer start(String poolMode, String... settings) {
        Path program = Programs.need("pgbouncer", "pgbouncer");
        try {
            Path folder = Files.createTempDirectory("migrations-pgbouncer");
            readable(folder);
            int port = freePort();
            readable(Files.writeString(folder.resolve("users.txt"), "\"postgres\" \"\"\n"));
            Path configuration = Files.writeString(
                    folder.resolve("pgbouncer.ini"),
                    String.join(
                            "\n",
                            "[databases]",
                            "* = host=127.0.0.1 port=" + serverPort(),
                            "[pgbouncer]",
                            "listen_addr = 127.0.0.1",
                            "listen_port = " + port,
                            "unix_socket_dir =",
                            "auth_type = trust",
                            "auth_file = " + folder.resolve("users.txt"),
                            "max_client_conn = 400",
                            "pool_mode = " + poolMode,
                            String.join("\n", settings),
                            ""));
            readable(configuration);
            List<String> command = new ArrayList<>();
            if (System.getProperty("user.name").equals("root")) {
                // it refuses to run as root; that is nobody, on every system
                command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
            }
            command.addAll(List.of(program.toString(), configuration.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(new File("target/pgbouncer-" + poolMode + ".log"))
                    .start();
            ServerGuard.watch(process.pid(), folder);
            PgBouncer started = new PgBouncer(process, port);
            started.await();
            return started;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void readable(Path path) {
        if (!path.toFile().setReadable(true, false)
                || (Files.isDirectory(path) && !path.toFile().setExecutable(true, false))) {
            throw new IllegalStateException(path.toString());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int serverPort() {
        return URI.create(PostgresServer.url("").substring("jdbc:".length())).getPort();
    }

    private void await() throws InterruptedException {
        for (int attempt = 0; attempt < 200 && process.isAlive(); attempt++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("PgBouncer did not start: see target/pgbouncer-*.log");
    }

    /** The same database, by way of it. */
    public TestDatabase to(TestDatabase database) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + name(database);
        return new TestDatabase(new UrlDataSource(url, database.user(), database.password()), database::close);
    }

    /** The same database, without any. */
    public static TestDatabase without(TestDatabase database) {
        String url = PostgresServer.url(name(database));
        return new TestDatabase(new UrlDataSource(url, database.user(), database.password()), () -> {});
    }

    private static String name(TestDatabase database) {
        return database.url().replaceFirst(".*/", "");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
