package io.github.deploymigrations.scripts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of its own for what MyBatis Migrations reads only from files: readable by this process' user alone, deleted
 * at the end. Not thread-safe.
 */
final class TemporaryFolder implements AutoCloseable {
    private final Path path;

    TemporaryFolder() throws IOException {
        path = Files.createTempDirectory("migrations");
    }

    Path path() {
        return path;
    }

    /** @param name relative, perhaps in folders */
    void write(String name, byte[] content) throws IOException {
        Path file = path.resolve(writable(name));
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /** The name, or where the platform's character set has no such letters (US-ASCII), one that it has. */
    static String writable(String name) {
        try {
            return Path.of(name).toString();
        } catch (InvalidPathException e) {
            return name.codePoints()
                    .mapToObj(letter -> letter < 128 ? Character.toString(letter) : "u" + Integer.toHexString(letter))
                    .collect(Collectors.joining());
        }
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(path)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
