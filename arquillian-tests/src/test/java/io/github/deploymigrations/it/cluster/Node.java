package io.github.deploymigrations.it.cluster;

import io.github.deploymigrations.it.Application;
import io.github.deploymigrations.it.TestWar;
import io.github.deploymigrations.it.app.Greeting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** One WildFly: the programs of the server under test, in a folder and on ports of its own. */
final class Node implements AutoCloseable {
    private static final Path HOME = Path.of(System.getProperty("server.home"));
    /** {@code -Dcluster.configuration=standalone-ha.xml}: the servers know of each other. */
    private static final String CONFIGURATION = System.getProperty("cluster.configuration", "standalone.xml");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final int HTTP_PORT = 8080;

    private final String name;
    private final int portOffset;
    private final String url;
    private final Path folder;
    private Process process;

    /** @param number of the node, from 1 on; its name is also that of its user in the database */
    Node(int number, Postgres database) {
        name = "node" + number;
        portOffset = Integer.getInteger("server.port-offset") + 100 * number;
        url = database.url();
        folder = Path.of("target/cluster", name).toAbsolutePath();
        delete(folder);
        copy(HOME.resolve("standalone/configuration"), folder.resolve("configuration"));
        write(deployments().resolve("postgresql.jar"), Path.of(System.getProperty("postgresql.jar")));
        List<String> known = database.query("SELECT rolname FROM pg_roles WHERE rolname = '" + name + "'");
        if (known.isEmpty()) {
            database.execute("CREATE ROLE " + name + " SUPERUSER LOGIN");
        }
    }

    String name() {
        return name;
    }

    /** Gives the WAR to the server's scanner, in place of one of the same name. */
    Node with(TestWar war) {
        Path file = deployments().resolve(war.archive().getName());
        // in one step: the scanner may be looking
        Path whole = folder.resolve("next.war");
        war.archive().as(ZipExporter.class).exportTo(whole.toFile(), true);
        try {
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Node start() {
        List<String> command = StandaloneCommandBuilder.of(HOME)
                .setBaseDirectory(folder)
                .setServerReadOnlyConfiguration(CONFIGURATION)
                .setYamlFiles(HOME.resolve("cluster.yml"))
                .addJavaOption("-Djboss.socket.binding.port-offset=" + portOffset)
                .addJavaOption("-Djboss.node.name=" + name)
                .addJavaOption("-Dfurniture.url=" + url)
                .addJavaOption("-Dfurniture.user=" + name)
                .build();
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("console.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** By {@code SIGKILL}. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    Application application() {
        return new Application(URI.create("http://127.0.0.1:" + (HTTP_PORT + portOffset) + "/furniture/"));
    }

    /** Whether the application answers. While WildFly (39) boots, it takes a request and keeps it waiting. */
    boolean isLive() {
        HttpRequest request = HttpRequest.newBuilder(application().uri().resolve("greeting"))
                .timeout(SOON)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .equals(Greeting.TEXT);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String log() {
        try {
            return Files.readString(folder.resolve("log/server.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path deployments() {
        return folder.resolve("deployments");
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            // without the history of configurations, a folder
            files.filter(Files::isRegularFile).forEach(file -> write(to.resolve(file.getFileName()), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path to, Path from) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
