package io.github.deploymigrations.it.everywhere;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * Jetty as people run it, a process with a folder of WARs: Arquillian's own adapters embed it, and then the extension is
 * on the class path of the server too.
 */
public final class JettyContainer implements DeployableContainer<JettyContainer.Configuration> {
    private static final Path HOME = Environment.HOME;
    private static final Path BASE = HOME.resolve("base");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Nothing: the server is configured by its own files. */
    public static final class Configuration implements ContainerConfiguration {
        @Override
        public void validate() {}
    }

    private Process jetty;

    @Override
    public Class<Configuration> getConfigurationClass() {
        return Configuration.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return ProtocolDescription.DEFAULT;
    }

    @Override
    public void setup(Configuration configuration) {}

    @Override
    public void start() throws LifecycleException {
        try {
            Files.createDirectories(BASE.resolve("webapps"));
            File log = Files.createDirectories(BASE.resolve("logs"))
                    .resolve("jetty.log")
                    .toFile();
            jetty = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-Xmx512m",
                            "-jar",
                            HOME.resolve("start.jar").toString())
                    .directory(BASE.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            await(new Logs(BASE.resolve("logs"), Logs.From.BEGINNING), "Started oejs\\.Server@");
        } catch (IOException | DeploymentException e) {
            throw new LifecycleException("Jetty does not start", e);
        }
    }

    @Override
    public void stop() throws LifecycleException {
        jetty.destroy();
        try {
            if (!jetty.waitFor(30, TimeUnit.SECONDS)) {
                jetty.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            throw new LifecycleException("Jetty does not stop", e);
        }
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        Logs logs = new Logs(BASE.resolve("logs"), Logs.From.NOW);
        try {
            // the folder is looked at every second: it must not see half of a WAR
            Path whole = BASE.resolve(archive.getName());
            archive.as(ZipExporter.class).exportTo(whole.toFile(), true);
            Files.move(whole, webapp(archive), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DeploymentException("no WAR", e);
        }
        String context = "WebAppContext@[^\\n]*\\{" + webapp(archive).toUri() + "\\}";
        String end = await(
                logs,
                "ServletContextHandler:[^\\n]*: Started [^\\n]*" + context + "|Failed startup of context [^\\n]*"
                        + context);
        if (end.startsWith("Failed")) {
            throw new DeploymentException(end);
        }
        return new ProtocolMetaData();
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        Logs logs = new Logs(BASE.resolve("logs"), Logs.From.NOW);
        try {
            Files.delete(webapp(archive));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(logs, "Stopped [^\\n]*WebAppContext@");
    }

    private static Path webapp(Archive<?> archive) {
        return BASE.resolve("webapps").resolve(archive.getName());
    }

    private static String await(Logs logs, String expression) throws DeploymentException {
        Pattern pattern = Pattern.compile(expression);
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            var said = pattern.matcher(logs.text());
            if (said.find()) {
                return said.group();
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new DeploymentException("interrupted", e);
            }
        }
        throw new DeploymentException("Jetty did not say: " + expression + "\n" + logs.text());
    }
}
