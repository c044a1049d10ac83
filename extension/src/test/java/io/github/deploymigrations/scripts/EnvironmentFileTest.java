package io.github.deploymigrations.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.settings.SettingsReader;
import io.github.deploymigrations.testing.OpenedJars;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** MyBatis reads an environment from a file, so that one in a jar is copied. */
class EnvironmentFileTest {
    private static final String TEMPORARY = "java.io.tmpdir";

    @TempDir
    private Path folder;

    @TempDir
    private Path temporary;

    private final List<String> permissions = new ArrayList<>();
    private String before;

    @BeforeEach
    void elsewhere() {
        before = System.setProperty(TEMPORARY, temporary.toString());
    }

    @AfterEach
    void asBefore() {
        System.setProperty(TEMPORARY, before);
    }

    private Path jar() throws IOException {
        Path jar = folder.resolve("a.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new ZipEntry("migrations/scripts/1_a.sql"));
            out.write("select '${word}';\n".getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("migrations/environments/production.properties"));
            out.write("word=secret\n".getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private List<Path> copies() {
        List<Path> copies = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(temporary)) {
            files.forEach(copies::add);
            return copies;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void look() {
        for (Path copy : copies()) {
            try {
                permissions.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its files have no such permissions")
    void nobody_else_may_read_the_copy_not_even_before_it_is_filled_and_nothing_is_left_of_it() throws IOException {
        OpenedJars jars = new OpenedJars(jar(), this::look);

        ScriptRepository repository = RepositoryReader.read(
                SettingsReader.ofJava(Map.of()),
                path -> path.equals("migrations/hooks") ? List.of() : List.of(jars.url(path)));

        assertEquals("secret", repository.variable("word").orElseThrow());
        assertEquals(List.of("rw-------"), permissions);
        assertEquals(List.of(), copies());
    }
}
