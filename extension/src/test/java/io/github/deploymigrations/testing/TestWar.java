package io.github.deploymigrations.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * An exploded WAR with the extension's jar in {@code WEB-INF/lib}, and the class loader that a server would give it: its
 * own classes first, so that each WAR has a deployment of its own however many there are in one process.
 *
 * <p>What is loaded through it are not the classes that the test sees under the same names; the two meet in the types of
 * the JDK and of Jakarta EE. Everything has to be in the WAR before the first class is loaded.
 */
public final class TestWar implements AutoCloseable {
    private static final String EXTENSION = "io.github.deploymigrations.";

    private final Path root;
    private Optional<URLClassLoader> loader = Optional.empty();
    private Optional<String> absent = Optional.empty();

    /** @param root an empty folder, which becomes the WAR */
    public TestWar(Path root) {
        this.root = root;
    }

    /** A file of the WAR, by its path in it. */
    public TestWar file(String path, String content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A script of the repository {@code migrations}. */
    public TestWar script(String name, String content) {
        return file("WEB-INF/classes/migrations/scripts/" + name, content);
    }

    /** The settings, as lines of {@code META-INF/mybatis-migrations.properties}. */
    public TestWar settings(String... lines) {
        return file("WEB-INF/classes/META-INF/mybatis-migrations.properties", String.join("\n", lines) + "\n");
    }

    /** The server has no class whose name begins so. */
    public TestWar without(String prefix) {
        absent = Optional.of(prefix);
        return this;
    }

    /** The folder that is the WAR. */
    public Path root() {
        return root;
    }

    /** The class loader of the WAR. */
    public ClassLoader loader() {
        if (loader.isEmpty()) {
            loader = Optional.of(newLoader());
        }
        return loader.get();
    }

    /** An object of one of the extension's classes, as a server makes it: by its constructor without parameters. */
    public <T> T create(Class<T> type, String className) {
        try {
            return type.cast(loader().loadClass(className).getConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private URLClassLoader newLoader() {
        try {
            Path jar = root.resolve("WEB-INF/lib/mybatis-migrations-cdi.jar");
            Files.createDirectories(jar.getParent());
            Files.write(jar, Jar.CONTENT);
            Path classes = Files.createDirectories(root.resolve("WEB-INF/classes"));
            return new WarLoader(List.of(classes.toUri().toURL(), jar.toUri().toURL()), absent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (loader.isPresent()) {
            loader.get().close();
        }
    }

    private static final class WarLoader extends URLClassLoader {
        private final Optional<String> absent;

        WarLoader(List<URL> path, Optional<String> absent) {
            super(path.toArray(URL[]::new), TestWar.class.getClassLoader());
            this.absent = absent;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (absent.filter(name::startsWith).isPresent()) {
                throw new ClassNotFoundException(name);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && name.startsWith(EXTENSION)) {
                    try {
                        loaded = findClass(name);
                    } catch (ClassNotFoundException e) {
                        // a class of the tests
                        return super.loadClass(name, resolve);
                    }
                }
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
        }
    }

    /** The extension's jar, made once of the classes that are under test. */
    private static final class Jar {
        static final byte[] CONTENT = content();

        private static byte[] content() {
            try {
                Path classes = Path.of(Class.forName(EXTENSION + "deployment.Deployment")
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
                return Files.isDirectory(classes) ? packed(classes) : Files.readAllBytes(classes);
            } catch (IOException | URISyntaxException | ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }

        private static byte[] packed(Path classes) throws IOException {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            try (Stream<Path> files = Files.walk(classes);
                    JarOutputStream jar = new JarOutputStream(content)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    jar.putNextEntry(
                            new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                    Files.copy(file, jar);
                }
            }
            return content.toByteArray();
        }
    }

    /** The content of {@code beans.xml} around blocks of migrations. */
    public static String beansXml(String blocks) {
        return """
                <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated">
                %s
                </beans>
                """.formatted(blocks);
    }
}
