package io.github.deploymigrations.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;

/** What a tool adds to an application: jars, and the classes that a start with nothing to do loads. */
record Footprint(Path scripts) {

    /** As Markdown. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("| Tool | Jars, drivers left out | Together | Classes loaded by a start with nothing to do |");
        lines.add("|---|---:|---:|---:|");
        for (Tool tool : Arrays.stream(Tool.values()).filter(Tool::isPeer).toList()) {
            List<Path> jars = TestClassPath.jars(tool.jars());
            long bytes = ownBytes(tool);
            for (Path jar : jars) {
                bytes += Files.size(jar);
            }
            lines.add("| " + tool.title() + " | " + (jars.size() + (tool == Tool.OURS ? 1 : 0)) + " | " + bytes / 1024
                    + " KB | " + classes(tool) + " |");
        }
        return lines;
    }

    private int classes(Tool tool) {
        try (FreshStart fresh = new FreshStart(tool, Place.H2_MEMORY, scripts)) {
            fresh.start();
            return fresh.start().get(0).classes();
        }
    }

    /** Our jar is packed after the tests. */
    private static long ownBytes(Tool tool) throws IOException {
        if (tool != Tool.OURS) {
            return 0;
        }
        Path classes = TestClassPath.folders().stream()
                .filter(folder -> folder.endsWith("classes"))
                .findFirst()
                .orElseThrow();
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(Footprint::packed)
                    .sum();
        }
    }

    private static long packed(Path file) {
        long[] bytes = new long[1];
        OutputStream counter = new OutputStream() {
            @Override
            public void write(int one) {
                bytes[0]++;
            }
        };
        try (DeflaterOutputStream out = new DeflaterOutputStream(counter)) {
            Files.copy(file, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes[0];
    }
}
