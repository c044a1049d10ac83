package io.github.deploymigrations.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM with this one's class path, gone at the latest when it is closed. */
public final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    public static ChildProcess start(Class<?> main, String... arguments) {
        return start(List.of("-XX:TieredStopAtLevel=1"), main, arguments);
    }

    /** With options for the JVM, and in the plain locale, whose character set is US-ASCII. */
    public static ChildProcess start(List<String> options, Class<?> main, String... arguments) {
        // Surefire's own class path is a jar that names the real one
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return start(options, classPath, main, arguments);
    }

    /** With another class path than this JVM's. */
    public static ChildProcess start(List<String> options, String classPath, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-Dderby.stream.error.file=target/derby.log", "-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C");
            return new ChildProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the child has printed a line with this text, and returns it; fails with all it printed if it ends before. */
    public String awaitLine(String text) {
        StringBuilder printed = new StringBuilder();
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.contains(text)) {
                    return line;
                }
                printed.append(line).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("the child ended before it printed " + text + ":\n" + printed);
    }

    /** SIGKILL: no shutdown hook runs, no socket is closed by us. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("the child survived");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
