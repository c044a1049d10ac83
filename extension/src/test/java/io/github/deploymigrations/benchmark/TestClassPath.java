package io.github.deploymigrations.benchmark;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path of the tests, of which each measured JVM gets no more than it needs. */
final class TestClassPath {
    private static final List<String> DRIVERS = List.of("h2-", "postgresql-", "mariadb-java-client-");

    private static final List<Path> ENTRIES = Arrays.stream(
                    // Surefire's own class path is a jar that names the real one
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                            .split(File.pathSeparator, -1))
            .map(Path::of)
            .toList();

    private TestClassPath() {}

    /** Our classes, the drivers and the tool. */
    static String of(Tool tool) {
        Stream<Path> needed = Stream.of(folders().stream(), jars(DRIVERS).stream(), jars(tool.jars()).stream())
                .flatMap(entries -> entries);
        return needed.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The jars whose names begin like this. */
    static List<Path> jars(List<String> prefixes) {
        return ENTRIES.stream()
                .filter(entry -> prefixes.stream().anyMatch(name(entry)::startsWith))
                .toList();
    }

    /** The classes of this module and of its tests. */
    static List<Path> folders() {
        return ENTRIES.stream().filter(Files::isDirectory).toList();
    }

    /** The version in the name of the first jar whose name begins like this. */
    static String version(String prefix) {
        return jars(List.of(prefix)).stream()
                .map(jar -> name(jar).replaceFirst(".*-(\\d[^-]*)\\.jar", "$1"))
                .findFirst()
                .orElseThrow();
    }

    private static String name(Path entry) {
        return entry.getFileName().toString();
    }
}
