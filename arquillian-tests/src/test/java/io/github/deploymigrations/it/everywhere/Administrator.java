package io.github.deploymigrations.it.everywhere;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tells GlassFish and Payara, once they run, what is in {@code furniture.asadmin}. */
final class Administrator {
    private static final Path ASADMIN = Environment.HOME.resolve("bin/asadmin");

    private static boolean done;

    private Administrator() {}

    /** Whether the server is one of these, and was not told yet. */
    static boolean hasWork() {
        return !done && Files.exists(ASADMIN);
    }

    /** Defines what the tests need, once for all of them. */
    static void administer() {
        done = true;
        try {
            for (String line : Files.readAllLines(Environment.HOME.resolve("furniture.asadmin"))) {
                if (!line.startsWith("#")) {
                    run(line.split(" "));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is defined already, by an earlier run, is refused and stays. */
    private static void run(String... command) throws IOException {
        List<String> words =
                new ArrayList<>(List.of(ASADMIN.toString(), "--port", System.getProperty("server.management-port")));
        words.addAll(List.of(command));
        Path output = Environment.HOME.resolve(command[0] + ".log");
        try {
            new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
