package io.github.deploymigrations.it.everywhere;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.spi.event.container.AfterStart;
import org.jboss.arquillian.core.api.annotation.Observes;

/** Tells GlassFish and Payara, once they run, what is in {@code furniture.asadmin}. */
public final class Administrator {
    private static final Path COMMANDS = Environment.HOME.resolve("furniture.asadmin");

    void administer(@Observes AfterStart event) throws IOException, InterruptedException {
        if (Files.exists(COMMANDS)) {
            // what is defined already, by an earlier run, is refused and stays
            new ProcessBuilder(
                            Environment.HOME.resolve("bin/asadmin").toString(),
                            "--port",
                            System.getProperty("server.management-port"),
                            "multimode",
                            "--file",
                            COMMANDS.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(Environment.HOME.resolve("asadmin.log").toFile())
                    .start()
                    .waitFor();
        }
    }
}
