package io.github.deploymigrations.cli;

import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.scripts.ClassPath;
import io.github.deploymigrations.settings.DatabaseSettings;
import io.github.deploymigrations.settings.MigrationSettings;
import io.github.deploymigrations.settings.Mode;
import io.github.deploymigrations.settings.OnFailure;
import io.github.deploymigrations.settings.Overrides;
import io.github.deploymigrations.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Where settings and scripts are: a MyBatis repository, a folder of classes, a jar, or a WAR, packed or not. Read as a
 * deployment reads them. Closed, it leaves nothing behind.
 */
final class Place implements AutoCloseable {
    private final Optional<Path> repository;
    private final Optional<Path> webInf;
    private final List<Path> roots;
    private final Optional<Unpacked> unpacked;

    private Place(Optional<Path> repository, Optional<Path> webInf, List<Path> roots, Optional<Unpacked> unpacked) {
        this.repository = repository;
        this.webInf = webInf;
        this.roots = roots;
        this.unpacked = unpacked;
    }

    static Place of(Path named) throws IOException, WrongUse {
        // with "." or ".." a path would not end with the folder's name, by which scripts are told
        Path path = named.toAbsolutePath().normalize();
        if (Files.isDirectory(path.resolve("WEB-INF"))) {
            return war(path, Optional.empty());
        }
        if (Files.isDirectory(path)) {
            boolean repository = Files.isDirectory(path.resolve("scripts"));
            return new Place(
                    repository ? Optional.of(path) : Optional.empty(),
                    Optional.empty(),
                    List.of(path),
                    Optional.empty());
        }
        if (!Files.isRegularFile(path)) {
            throw new WrongUse(Message.CLI_PLACE_UNREADABLE.with(path, "it is not there"));
        }
        if (Unpacked.isWar(path)) {
            Unpacked files = Unpacked.of(path);
            return war(files.folder(), Optional.of(files));
        }
        return new Place(Optional.empty(), Optional.empty(), List.of(path), Optional.empty());
    }

    private static Place war(Path root, Optional<Unpacked> unpacked) throws IOException {
        List<Path> roots = new ArrayList<>(List.of(root.resolve("WEB-INF/classes")));
        Path libraries = root.resolve("WEB-INF/lib");
        if (Files.isDirectory(libraries)) {
            try (Stream<Path> files = Files.list(libraries)) {
                files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(roots::add);
            }
        }
        return new Place(Optional.empty(), Optional.of(root.resolve("WEB-INF")), roots, unpacked);
    }

    /** The settings of all databases, also of those that are switched off; the environment goes before what they say. */
    List<DatabaseSettings> databases(Optional<String> environment, Map<String, String> variables) throws IOException {
        if (repository.isPresent()) {
            Map<String, String> settings = new HashMap<>();
            environment.ifPresent(name -> settings.put("environment", name));
            // not by the key, which takes commas and placeholders in a folder's name for its own
            List<String> locations = List.of("file:" + repository.get());
            MigrationSettings migration = SettingsReader.ofJava(settings).withLocations(locations);
            return List.of(new DatabaseSettings("", Mode.MIGRATE, OnFailure.BLOCK, migration));
        }
        Map<String, String> properties = new HashMap<>(System.getProperties().stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, System::getProperty)));
        Map<String, String> others = new HashMap<>(variables);
        environment.ifPresent(name -> {
            // one with a block's name would go before what the command line says
            properties.keySet().removeIf(key -> key.matches("mybatis\\.migrations\\.[a-z][a-z0-9]*\\.environment"));
            others.keySet().removeIf(key -> key.matches("MYBATIS_MIGRATIONS_[A-Z][A-Z0-9]*_ENVIRONMENT"));
            properties.put(Overrides.PREFIX + "environment", name);
        });
        SettingsReader reader = new SettingsReader(new Overrides(properties, others, Map.of()));
        Optional<Path> beansXml =
                webInf.map(folder -> folder.resolve("beans.xml")).filter(Files::isRegularFile);
        if (beansXml.isPresent()) {
            try (InputStream content = Files.newInputStream(beansXml.get())) {
                reader.beansXml("WEB-INF/beans.xml", content);
            }
        }
        // a library's beans.xml describes the library
        Path own = roots.get(0);
        for (URL url : find(own, "META-INF/beans.xml")) {
            try (InputStream content = url.openStream()) {
                reader.beansXml("META-INF/beans.xml", content);
            }
        }
        for (URL url : classPath().find("META-INF/mybatis-migrations.properties")) {
            try (InputStreamReader content = new InputStreamReader(url.openStream(), StandardCharsets.UTF_8)) {
                reader.properties("META-INF/mybatis-migrations.properties", content);
            }
        }
        return reader.read().databases();
    }

    ClassPath classPath() {
        return path -> {
            List<URL> found = new ArrayList<>();
            for (Path root : roots) {
                found.addAll(find(root, path));
            }
            return found;
        };
    }

    private static List<URL> find(Path root, String path) throws IOException {
        if (Files.exists(root.resolve(path))) {
            return List.of(root.resolve(path).toUri().toURL());
        }
        if (!Files.isRegularFile(root)) {
            return List.of();
        }
        try (ZipFile jar = new ZipFile(root.toFile())) {
            // like a class loader, which sees a folder only if the jar has an entry for it
            return jar.getEntry(path) == null
                    ? List.of()
                    : List.of(
                            new URL("jar:" + root.toUri() + "!" + new URI(null, null, "/" + path, null).getRawPath()));
        } catch (URISyntaxException e) {
            throw new IOException("no path in a jar: " + path, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (unpacked.isPresent()) {
            unpacked.get().close();
        }
    }
}
