package io.github.deploymigrations.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A MyBatis repository in a folder. */
public final class TestRepository {
    private final Path folder;

    public TestRepository(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /** The value of the key {@code location}. */
    public String location() {
        return "file:" + folder;
    }

    public TestRepository script(String name, String text) {
        return file("scripts/" + name, text);
    }

    /** A script that makes a table, and drops it when it is undone. */
    public TestRepository table(String id, String table) {
        return script(
                id + "_create_" + table + ".sql",
                "-- // create " + table + "\ncreate table " + table
                        + " (id int primary key);\n\n-- //@UNDO\ndrop table " + table + ";\n");
    }

    public TestRepository environment(String name, String text) {
        return file("environments/" + name + ".properties", text);
    }

    public TestRepository hook(String name, String text) {
        return file("hooks/" + name, text);
    }

    public TestRepository file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public TestRepository file(String path, byte[] content) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestRepository delete(String script) {
        try {
            Files.delete(folder.resolve("scripts").resolve(script));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
