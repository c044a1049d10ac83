package io.github.deploymigrations.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deploymigrations.messages.ProblemsFound;
import io.github.deploymigrations.settings.SettingsReader;
import io.github.deploymigrations.testing.OpenedJars;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a jar with scripts is opened: each time its whole list is read. */
class JarFolderTest {
    @TempDir
    private Path folder;

    private List<JarFile> opened = List.of();

    private Path jar(int scripts) throws IOException {
        return jar(scripts, "select 1;\n".getBytes(StandardCharsets.UTF_8));
    }

    private Path jar(int scripts, byte[] text) throws IOException {
        Path jar = folder.resolve("scripts.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (int id = 1; id <= scripts; id++) {
                out.putNextEntry(new ZipEntry("migrations/scripts/" + id + "_a.sql"));
                out.write(text);
            }
        }
        return jar;
    }

    private ScriptRepository read(Path jar) {
        OpenedJars jars = new OpenedJars(jar, () -> {});
        opened = jars.opened();
        return RepositoryReader.read(
                SettingsReader.ofJava(Map.of()),
                path -> path.equals("migrations/scripts") ? List.of(jars.url(path)) : List.of());
    }

    @Test
    void a_jar_is_opened_to_be_listed_and_to_be_read_however_many_scripts_it_has() throws IOException {
        ScriptRepository repository = read(jar(60));
        assertEquals(List.of(), ScriptRepository.problems(repository.scripts()));
        assertEquals(3, opened.size(), "listed, hashed, looked through");
        repository.forget();
    }

    @Test
    void a_jar_is_closed_when_its_scripts_are_refused() throws IOException {
        assertThrows(ProblemsFound.class, () -> read(jar(2, "select '\u00FC';".getBytes(StandardCharsets.ISO_8859_1))));
        assertClosed();
    }

    @Test
    void a_jar_is_closed_when_the_run_is_over_and_can_be_read_again() throws IOException {
        ScriptRepository repository = read(jar(3));
        assertClosed();
        ScriptRepository.problems(repository.scripts());
        repository.forget();
        assertClosed();
        assertEquals(
                List.of("select 1;"),
                repository.text(repository.scripts().get(1), 100).up());
        repository.release();
        assertClosed();
    }

    private void assertClosed() {
        for (JarFile jar : opened) {
            assertThrows(IllegalStateException.class, jar::size, "it is closed");
        }
    }
}
