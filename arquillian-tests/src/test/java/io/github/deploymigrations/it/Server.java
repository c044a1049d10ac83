package io.github.deploymigrations.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.as.controller.client.Operation;
import org.jboss.as.controller.client.OperationBuilder;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ExplodedExporter;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The WildFly that Arquillian has started, for one test: applications are deployed to it as an administrator deploys
 * them, and what a test has changed is taken back after it.
 */
final class Server implements BeforeEachCallback, AfterEachCallback {
    static final Path HOME = Path.of(System.getProperty("server.home"));
    static final int MANAGEMENT_PORT = Integer.getInteger("server.management-port");

    private static final int HTTP_PORT = 8080 + Integer.getInteger("server.port-offset");
    private static final Path LOG = HOME.resolve("standalone/log/server.log");
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Deque<ModelNode> toTakeBack = new ArrayDeque<>();
    private ModelControllerClient management;
    private long endOfLog;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        management = ModelControllerClient.Factory.create("127.0.0.1", MANAGEMENT_PORT);
        endOfLog = Files.size(LOG);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        try (ModelControllerClient open = management) {
            while (!toTakeBack.isEmpty()) {
                open.execute(toTakeBack.pop());
            }
        }
    }

    /** Deploys the archive; one of the same name is replaced by it. */
    Application deploy(Archive<?> archive) {
        ModelNode answer = attempt(archive);
        assertTrue(Operations.isSuccessfulOutcome(answer), answer::asString);
        return application(archive.getName());
    }

    Application deploy(TestWar war) {
        return deploy(war.archive());
    }

    /** Deploys the archive, which the server is to refuse; the server's words. */
    String refuse(Archive<?> archive) {
        ModelNode answer = attempt(archive);
        assertTrue(!Operations.isSuccessfulOutcome(answer), archive.getName() + " is deployed");
        return Operations.getFailureDescription(answer).asString();
    }

    String refuse(TestWar war) {
        return refuse(war.archive());
    }

    private ModelNode attempt(Archive<?> archive) {
        ModelNode address = Operations.createAddress("deployment", archive.getName());
        try (InputStream content = archive.as(ZipExporter.class).exportAsInputStream()) {
            ModelNode operation = isThere(address)
                    ? Operations.createOperation("full-replace-deployment")
                    : Operations.createAddOperation(address);
            operation.get("name").set(archive.getName());
            operation.get("enabled").set(true);
            operation.get("content").get(0).get("input-stream-index").set(0);
            removeAfterTest(address);
            return execute(
                    OperationBuilder.create(operation).addInputStream(content).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deploys the archive as a folder of files, which lies in the given one. */
    Application deployExploded(TestWar war, Path folder) {
        WebArchive archive = war.archive();
        Path exploded = archive.as(ExplodedExporter.class)
                .exportExploded(folder.toFile())
                .toPath();
        ModelNode address = Operations.createAddress("deployment", archive.getName());
        ModelNode operation = Operations.createAddOperation(address);
        operation.get("enabled").set(true);
        ModelNode content = operation.get("content").get(0);
        content.get("path").set(exploded.toString());
        content.get("archive").set(false);
        removeAfterTest(address);
        succeed(operation);
        return application(archive.getName());
    }

    /** The application of a WAR, deployed or not. */
    static Application application(String archive) {
        String contextPath = "/" + archive.replaceFirst("\\.[we]ar$", "") + "/";
        try {
            return new Application(new URI("http", null, "127.0.0.1", HTTP_PORT, contextPath, null, null));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(archive, e);
        }
    }

    /** Whether an archive of this name is among the server's deployments, started or not. */
    boolean hasDeployment(String name) {
        return isThere(Operations.createAddress("deployment", name));
    }

    /** An empty database; the JNDI name of its DataSource. */
    String newDatabase() {
        String name = "Test" + DATABASES.incrementAndGet();
        String jndiName = "java:jboss/datasources/" + name;
        ModelNode operation = Operations.createAddOperation(
                Operations.createAddress("subsystem", "datasources", "data-source", name));
        operation.get("jndi-name").set(jndiName);
        operation.get("driver-name").set("h2");
        operation.get("connection-url").set("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        operation.get("user-name").set("sa");
        succeed(operation);
        return jndiName;
    }

    /** Sets a system property of the server until the end of the test. */
    void setSystemProperty(String name, String value) {
        ModelNode address = Operations.createAddress("system-property", name);
        ModelNode operation = Operations.createAddOperation(address);
        operation.get("value").set(value);
        succeed(operation);
        removeAfterTest(address);
    }

    /** What the server has logged since the test began. */
    String log() {
        try (InputStream log = Files.newInputStream(LOG)) {
            log.skipNBytes(endOfLog);
            return new String(log.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isThere(ModelNode address) {
        return Operations.isSuccessfulOutcome(
                execute(Operation.Factory.create(Operations.createReadResourceOperation(address))));
    }

    private void removeAfterTest(ModelNode address) {
        toTakeBack.push(Operations.createRemoveOperation(address));
    }

    private void succeed(ModelNode operation) {
        ModelNode answer = execute(Operation.Factory.create(operation));
        assertTrue(Operations.isSuccessfulOutcome(answer), answer::asString);
    }

    private ModelNode execute(Operation operation) {
        try {
            return management.execute(operation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
