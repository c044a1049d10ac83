package io.github.deploymigrations.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.messages.ProblemsFound;
import io.github.deploymigrations.settings.SettingsReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One repository that lies in several libraries and the classes of a WAR. */
class LibrariesTest {
    private static final String SQL = "create table a (id int);\n";

    @TempDir
    private Path root;

    private final List<URL> path = new ArrayList<>();
    private final List<URLClassLoader> loaders = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (URLClassLoader loader : loaders) {
            loader.close();
        }
    }

    /** A library with files of the repository, and the folders that Maven gives a jar. */
    private void library(String name, Map<String, String> files) throws IOException {
        Path jar = Files.createDirectories(root.resolve("shop.war/WEB-INF/lib")).resolve(name);
        Set<String> folders = new LinkedHashSet<>(List.of("migrations/"));
        files.keySet().forEach(file -> folders.add("migrations/" + file.substring(0, file.lastIndexOf('/') + 1)));
        try (OutputStream content = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(content)) {
            for (String folder : folders) {
                entries.putNextEntry(new ZipEntry(folder));
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                entries.putNextEntry(new ZipEntry("migrations/" + file.getKey()));
                entries.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        path.add(jar.toUri().toURL());
    }

    private void folder(String folder, String file) throws IOException {
        Path classes = root.resolve(folder);
        Path script = classes.resolve("migrations").resolve(file);
        Files.createDirectories(script.getParent());
        Files.writeString(script, SQL);
        path.add(classes.toUri().toURL());
    }

    private ScriptRepository read(String locations) {
        URLClassLoader loader = new URLClassLoader(path.toArray(URL[]::new), null);
        loaders.add(loader);
        return RepositoryReader.read(
                SettingsReader.ofJava(Map.of("location", locations)),
                place -> Collections.list(loader.getResources(place)));
    }

    private String problem() {
        List<Problem> problems =
                assertThrows(ProblemsFound.class, () -> read("migrations")).problems();
        assertEquals(1, problems.size(), problems::toString);
        String problem = problems.get(0).toString();
        assertFalse(problem.contains(root.toString()), "where the machine has it is of no use: " + problem);
        return problem;
    }

    @Test
    void scripts_of_several_libraries_and_the_classes_are_merged_by_id() throws IOException {
        library("orders.jar", Map.of("scripts/1_a.sql", SQL, "scripts/4_d.sql", SQL));
        library("stock.jar", Map.of("scripts/2_b.sql", SQL));
        folder("shop.war/WEB-INF/classes", "scripts/3_c.sql");
        assertEquals(
                "1, 2, 3, 4",
                read("migrations").scripts().stream()
                        .map(script -> script.id().toString())
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void two_scripts_of_one_id_are_told_with_both_libraries() throws IOException {
        library("orders.jar", Map.of("scripts/1_a.sql", SQL));
        library("my stock+1.jar", Map.of("scripts/01_b.sql", SQL));
        String problem = problem();
        assertTrue(
                problem.contains("The id 1 is taken by migrations/scripts/1_a.sql (WEB-INF/lib/orders.jar) and by"
                        + " migrations/scripts/01_b.sql (WEB-INF/lib/my stock+1.jar)."),
                problem);
    }

    @Test
    void one_file_in_two_libraries_is_told_with_both() throws IOException {
        library("orders.jar", Map.of("scripts/1_a.sql", SQL));
        library("stock.jar", Map.of("scripts/1_a.sql", SQL));
        String problem = problem();
        assertTrue(problem.contains("(WEB-INF/lib/orders.jar)"), problem);
        assertTrue(problem.contains("(WEB-INF/lib/stock.jar)"), problem);
    }

    @Test
    void the_classes_of_a_WAR_are_named_too() throws IOException {
        library("orders.jar", Map.of("scripts/1_a.sql", SQL));
        folder("shop.war/WEB-INF/classes", "scripts/1_c.sql");
        String problem = problem();
        assertTrue(problem.contains("1_a.sql (WEB-INF/lib/orders.jar)"), problem);
        assertTrue(problem.contains("1_c.sql (WEB-INF/classes)"), problem);
    }

    @Test
    void folders_and_jars_outside_of_a_WAR_have_their_last_names() throws IOException {
        folder("target/classes", "scripts/1_c.sql");
        folder("target/test-classes", "scripts/1_d.sql");
        String problem = problem();
        assertTrue(problem.contains("1_c.sql (target/classes)"), problem);
        assertTrue(problem.contains("1_d.sql (target/test-classes)"), problem);
    }

    @Test
    void so_is_an_environment_or_a_hook_that_two_libraries_have() throws IOException {
        library("orders.jar", Map.of("scripts/1_a.sql", SQL, "environments/production.properties", ""));
        library("stock.jar", Map.of("scripts/2_b.sql", SQL, "environments/production.properties", ""));
        String problem = problem();
        assertTrue(problem.startsWith("MIGR-214"), problem);
        assertTrue(problem.contains("WEB-INF/lib/orders.jar, WEB-INF/lib/stock.jar"), problem);
    }

    @Test
    void several_locations_of_one_class_path_are_merged_likewise() throws IOException {
        library("orders.jar", Map.of("scripts/1_a.sql", SQL, "more/scripts/2_b.sql", SQL));
        assertEquals(2, read("migrations, migrations/more").scripts().size());
    }
}
