package io.github.deploymigrations.scripts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A file of a repository, wherever it is stored.
 *
 * @param name of the file, without the folder of its kind
 * @param path for people: the folder of the repository and the name
 * @param container the folder or library that has it, for people
 * @param source opens it
 */
record Resource(String name, String path, String container, Source source) implements Comparable<Resource> {

    /** Opens the file anew at each call. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;

        /** Closes what was kept open for many files; the next that is opened may open it again. */
        default void release() throws IOException {}
    }

    InputStream open() throws IOException {
        return source.open();
    }

    /** What is in the file; empty if that is more bytes than these. */
    Optional<byte[]> bytes(int most) throws IOException {
        try (InputStream file = open()) {
            byte[] bytes = file.readNBytes(most + 1);
            return bytes.length > most ? Optional.empty() : Optional.of(bytes);
        }
    }

    /** The same file in memory. */
    Resource in(byte[] bytes) {
        return new Resource(name, path, container, () -> new ByteArrayInputStream(bytes));
    }

    /** The same file by the name that it has from a folder above. */
    Resource called(String longer) {
        return new Resource(longer, path, container, source);
    }

    /** By name. */
    @Override
    public int compareTo(Resource other) {
        return name.compareTo(other.name);
    }
}
