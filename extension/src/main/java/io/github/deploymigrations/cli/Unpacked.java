package io.github.deploymigrations.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What matters of a WAR, in a folder of its own that is deleted at the end: a library inside of it can only be read as a
 * file.
 *
 * @param folder that looks like the WAR
 */
record Unpacked(Path folder) implements AutoCloseable {

    static boolean isWar(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.stream().anyMatch(entry -> entry.getName().startsWith("WEB-INF/"));
        }
    }

    static Unpacked of(Path war) throws IOException {
        Unpacked unpacked = new Unpacked(Files.createTempDirectory("migrations"));
        try (ZipFile zip = new ZipFile(war.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (isWanted(entry)) {
                    unpacked.write(zip, entry);
                }
            }
            return unpacked;
        } catch (IOException e) {
            unpacked.close();
            throw e;
        }
    }

    private static boolean isWanted(ZipEntry entry) {
        String name = entry.getName();
        boolean resource = name.startsWith("WEB-INF/classes/") && !name.endsWith(".class");
        boolean library = name.startsWith("WEB-INF/lib/") && name.endsWith(".jar");
        return !entry.isDirectory() && (resource || library || name.equals("WEB-INF/beans.xml"));
    }

    private Path file(String name) throws IOException {
        try {
            return folder.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new IOException("its entry " + name + " can be no file here", e);
        }
    }

    private void write(ZipFile zip, ZipEntry entry) throws IOException {
        Path file = file(entry.getName());
        if (!file.startsWith(folder)) {
            throw new IOException("an entry of the WAR lies outside of it: " + entry.getName());
        }
        Files.createDirectories(file.getParent());
        try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, file);
        }
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
