package io.github.deploymigrations.testing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Nodes of MariaDB on this machine that all take changes; Debian's programs. Ends with its JVM at the latest. */
public final class GaleraCluster implements AutoCloseable {
    private static final Path PROVIDER = Path.of("/usr/lib/galera/libgalera_smm.so");
    private static final String PACKAGES = "mariadb-server galera-4 rsync";

    private final List<Process> processes = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    private GaleraCluster() {}

    /** As many nodes as wanted, one after the other, as each gets its data from those before. */
    public static GaleraCluster start(int nodes) {
        Path server = Programs.need("mariadbd", PACKAGES);
        Path install = Programs.need("mariadb-install-db", PACKAGES);
        Programs.need("rsync", PACKAGES);
        Programs.need(PROVIDER, PACKAGES);
        GaleraCluster cluster = new GaleraCluster();
        try {
            String first = "";
            for (int node = 0; node < nodes; node++) {
                first = cluster.add(server, install, first);
            }
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            cluster.close();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a node; returns the address by which others find it. */
    private String add(Path server, Path install, String known) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("migrations-galera");
        boolean root = System.getProperty("user.name").equals("root");
        List<String> user = root ? List.of("--user=mysql") : List.of();
        if (root) {
            run(List.of("chown", "mysql", folder.toString()));
        }
        List<String> installing =
                new ArrayList<>(List.of(install.toString(), "--no-defaults", "--datadir=" + folder, "--skip-test-db"));
        installing.add("--auth-root-authentication-method=normal");
        installing.addAll(user);
        run(installing);
        int port = freePort();
        int group = freePort();
        List<String> command = new ArrayList<>(List.of(server.toString(), "--no-defaults"));
        command.addAll(user);
        command.addAll(List.of(
                "--datadir=" + folder,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + folder.resolve("socket"),
                "--pid-file=" + folder.resolve("pid"),
                "--binlog-format=ROW",
                "--innodb-autoinc-lock-mode=2",
                "--innodb-flush-log-at-trx-commit=2",
                "--innodb-buffer-pool-size=32M",
                "--wsrep-on=ON",
                "--wsrep-provider=" + PROVIDER,
                "--wsrep-cluster-address=gcomm://" + known,
                "--wsrep-node-address=127.0.0.1:" + group,
                "--wsrep-provider-options=base_port=" + group + ";gcache.size=16M;gmcast.listen_addr=tcp://127.0.0.1:"
                        + group + ";ist.recv_addr=127.0.0.1:" + freePort(),
                "--wsrep-sst-method=rsync",
                "--wsrep-sst-receive-address=127.0.0.1:" + freePort()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File("target/galera-" + (processes.size() + 1) + ".log"))
                .start();
        processes.add(process);
        ports.add(port);
        ServerGuard.watch(process.pid(), folder);
        await(process, port);
        return known.isEmpty() ? "127.0.0.1:" + group : known;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/galera-install.log")))
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed: see target/galera-install.log");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Until it is part of the cluster: it answers clients only then. */
    private static void await(Process process, int port) throws InterruptedException {
        for (int attempt = 0; attempt < 900 && process.isAlive(); attempt++) {
            try (Connection connection = DriverManager.getConnection(url(List.of(port), "", ""), "root", "")) {
                connection.isValid(1);
                return;
            } catch (SQLException e) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("a node did not start: see target/galera-*.log");
    }

    private static String url(List<Integer> ports, String how, String database) {
        String hosts = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
        return "jdbc:mariadb:" + how + "//" + hosts + "/" + database + "?sslMode=disable";
    }

    /** A database as the node of this number has it, the first being 0. */
    public TestDatabase at(int node, String database) {
        return to(url(List.of(ports.get(node)), "", database));
    }

    /** A database by way of the first node that is there. */
    public TestDatabase inSequence(String database) {
        return to(url(ports, "sequential:", database));
    }

    private static TestDatabase to(String url) {
        return new TestDatabase(new UrlDataSource(url, "root", ""), () -> {});
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
