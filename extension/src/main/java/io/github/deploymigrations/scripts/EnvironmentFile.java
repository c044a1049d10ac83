package io.github.deploymigrations.scripts;

import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.settings.Key;
import io.github.deploymigrations.settings.MigrationSettings;
import io.github.deploymigrations.settings.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.ibatis.migration.Environment;

/**
 * Reads {@code environments/<environment>.properties} by MyBatis' own {@link Environment}, which wants a file: its
 * overrides ({@code MIGRATIONS_*}), its variables and its defaults are MyBatis'. The one difference is that scripts are
 * UTF-8 unless {@code script_char_set} says otherwise.
 */
final class EnvironmentFile {
    private static final byte[] DEFAULTS = "script_char_set=UTF-8\n".getBytes(StandardCharsets.ISO_8859_1);
    /** A file with nothing in it, which every Unix has: where the defaults are MyBatis' own, none has to be written. */
    private static final Path EMPTY = Path.of("/dev/null");

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final String SUFFIX = ".properties";

    private EnvironmentFile() {}

    /** The environment with the settings' variables put before its own; what is wrong is added to the problems. */
    static Environment read(List<Location> locations, MigrationSettings settings, List<Problem> problems)
            throws IOException {
        Optional<Resource> file = find(locations, settings, problems);
        Environment environment = read(file, problems);
        environment.getVariables().putAll(settings.variables());
        checkCharset(environment, settings, problems);
        chooseChangelog(environment, settings, problems);
        return environment;
    }

    private static Environment read(Optional<Resource> file, List<Problem> problems) throws IOException {
        if (file.isEmpty() && isDefault(StandardCharsets.UTF_8) && Files.exists(EMPTY)) {
            return new Environment(EMPTY.toFile());
        }
        Path copy = newFile();
        try {
            return file.isPresent()
                    ? parse(file.get(), copy, problems)
                    : new Environment(Files.write(copy, DEFAULTS).toFile());
        } finally {
            Files.delete(copy);
        }
    }

    /**
     * A file that only this process' user can read. {@link Files#createTempFile} makes a name of random bytes, for which a
     * young JVM needs longer than for all else that is read of an environment (JDK 17); a file that is there already is
     * refused by the file system, whatever its name.
     */
    private static Path newFile() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        while (true) {
            Path file = folder.resolve("migrations" + Long.toUnsignedString(System.nanoTime()) + SUFFIX);
            try {
                return posix
                        ? Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                        : Files.createFile(file);
            } catch (FileAlreadyExistsException e) {
                // somebody else's, of the same nanosecond: the next has another name
            }
        }
    }

    /** What MyBatis takes scripts to be in where nothing else is said (3.5.0). */
    private static boolean isDefault(Charset charset) {
        return Charset.defaultCharset().equals(charset);
    }

    private static Environment parse(Resource file, Path copy, List<Problem> problems) throws IOException {
        try (InputStream content = file.open();
                OutputStream defaulted = Files.newOutputStream(copy)) {
            defaulted.write(DEFAULTS);
            content.transferTo(defaulted);
        }
        try {
            return new Environment(copy.toFile());
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(file.path(), Message.PROPERTIES_MALFORMED.with(e.getMessage())));
            return new Environment(Files.write(copy, DEFAULTS).toFile());
        }
    }

    /** The file, or none where no location has a folder of environments: then MyBatis' defaults hold. */
    private static Optional<Resource> find(List<Location> locations, MigrationSettings settings, List<Problem> problems)
            throws IOException {
        List<Resource> environments = new ArrayList<>();
        List<Resource> chosen = new ArrayList<>();
        for (Location location : locations) {
            for (Resource file : location.list("environments").orElse(List.of())) {
                if (file.name().endsWith(SUFFIX)) {
                    environments.add(file);
                }
                if (file.name().equals(settings.environment() + SUFFIX)) {
                    chosen.add(file);
                }
            }
        }
        if (chosen.isEmpty()) {
            if (!environments.isEmpty()) {
                problems.add(new Problem(
                        settings.origin(Key.ENVIRONMENT),
                        Message.ENVIRONMENT_UNKNOWN.with(settings.environment(), names(environments))));
            }
            return Optional.empty();
        }
        if (chosen.size() > 1) {
            String places =
                    String.join(", ", chosen.stream().map(Resource::container).toList());
            problems.add(new Problem(
                    chosen.get(0).path(), Message.FILE_TWICE.with(chosen.get(0).name(), places)));
        }
        return Optional.of(chosen.get(0));
    }

    private static String names(List<Resource> environments) {
        return environments.stream()
                .map(file -> file.name().replace(SUFFIX, ""))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static void checkCharset(Environment environment, MigrationSettings settings, List<Problem> problems) {
        if (!hasCharset(environment)) {
            problems.add(new Problem(
                    settings.environment() + SUFFIX, Message.CHARSET_UNKNOWN.with(environment.getScriptCharset())));
        }
    }

    /** Whether this Java has the character set of the scripts; {@link Charset#isSupported} throws where the name is odd. */
    static boolean hasCharset(Environment environment) {
        try {
            Charset.forName(environment.getScriptCharset());
            return true;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return false;
        }
    }

    /** Our key before the environment's; and {@code ${changelog}} in scripts is this value, wherever it was set. */
    private static void chooseChangelog(Environment environment, MigrationSettings settings, List<Problem> problems) {
        // a blank at the end of a line belongs to the value, and means nothing in SQL
        String written = environment
                .getVariables()
                .getProperty(Environment.CHANGELOG, TableName.DEFAULT.sql())
                .strip();
        Optional<TableName> named = settings.changelog().isPresent() ? settings.changelog() : TableName.parse(written);
        TableName changelog = named.orElse(TableName.DEFAULT);
        if (settings.changelog().isEmpty() && !changelog.sql().equals(written)) {
            problems.add(new Problem(settings.environment() + SUFFIX, Message.CHANGELOG_NAME_INVALID.with(written)));
        }
        environment.getVariables().setProperty(Environment.CHANGELOG, changelog.sql());
    }
}
