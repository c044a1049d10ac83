package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertDoesNotSay;
import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The two ways in which a person deploys to WildFly, and what each of them is told of a broken script. */
@ExtendWith(ArquillianExtension.class)
class AdministratorIT {
    @RegisterExtension
    final Server server = new Server();

    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the command line is another script there")
    void the_command_line_ends_with_a_failure_and_its_story() throws IOException, InterruptedException {
        Path war = folder.resolve("furniture.war");
        export(war);
        Path output = folder.resolve("output");
        ProcessBuilder commandLine = new ProcessBuilder(
                        Server.HOME.resolve("bin/jboss-cli.sh").toString(),
                        "--connect",
                        "--controller=remote+http://127.0.0.1:" + Server.MANAGEMENT_PORT,
                        "deploy " + war)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        commandLine.environment().put("JAVA_HOME", System.getProperty("java.home"));

        assertEquals(1, commandLine.start().waitFor(), () -> read(output));
        BrokenWar.assertTold(read(output));
        assertDoesNotSay(read(output), "\tat ");
    }

    @Test
    void the_marker_of_the_deployment_scanner_has_the_story() throws IOException, InterruptedException {
        Path deployments = Server.HOME.resolve("standalone/deployments");
        Path war = deployments.resolve("scanned.war");
        Path marker = deployments.resolve("scanned.war.failed");
        try {
            // under another name first: the scanner must not see half of it
            export(deployments.resolve("scanned.part"));
            Files.move(deployments.resolve("scanned.part"), war);
            Instant end = Instant.now().plus(Duration.ofSeconds(30));
            while (!Files.exists(marker) && Instant.now().isBefore(end)) {
                Thread.sleep(100);
            }
            assertTrue(Files.exists(marker), server.log());
            BrokenWar.assertTold(read(marker));
            assertDoesNotSay(read(marker), "\tat ");
        } finally {
            Files.deleteIfExists(war);
            Files.deleteIfExists(marker);
        }
    }

    private void export(Path war) {
        BrokenWar.on(server.newDatabase()).archive().as(ZipExporter.class).exportTo(war.toFile());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_run_that_comes_near_the_limit_of_the_server_for_a_deployment_is_told() {
        server.setSystemProperty("jboss.as.management.blocking.timeout", "15");
        String database = server.newDatabase();
        server.deploy(TestWar.named("furniture")
                .settings("data-source", database)
                .script(
                        "1_slow.sql",
                        "CREATE ALIAS sleep FOR \"java.lang.Thread.sleep(long)\";",
                        "CALL sleep(12500);"));
        assertSays(
                server.log(),
                "MIGR-609 The migrations have been running for 12 s, and this server gives up a deployment after 15 s",
                "MIGR-519 default: [1/1] 1_slow.sql: statement 2 of 2, ");
    }
}
