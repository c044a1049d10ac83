package io.github.deploymigrations.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.messages.ProblemsFound;
import io.github.deploymigrations.settings.MigrationSettings;
import io.github.deploymigrations.settings.SettingsReader;
import io.github.deploymigrations.testing.Draw;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.FileMigrationLoader;
import org.apache.ibatis.migration.MigrationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever files are called: what MyBatis would apply is applied under the same id, or refused by name. */
class FileNamesPropertyTest {
    private static final String GOOD = "98765_good.sql";
    private static final MigrationSettings SETTINGS = SettingsReader.ofJava(Map.of("location", "migrations"));

    @TempDir
    private Path folder;

    /** MyBatis' own loader, asked what a name means. */
    private static final class MyBatis extends FileMigrationLoader {
        MyBatis() {
            super(new File(""), "UTF-8", new Properties());
        }

        /** What it would apply; empty if it leaves the file alone. */
        Optional<Change> change(String name) {
            return name.endsWith(".sql") && !isSpecialFile(name)
                    ? Optional.of(parseChangeFromFilename(name))
                    : Optional.empty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#all")
    void a_file_is_accepted_as_mybatis_sees_it_or_refused_by_name(Draw draw) throws IOException {
        String name = name(draw);
        Path jar = jar(name);
        ClassPath classPath = path -> path.endsWith("/scripts")
                ? List.of(URI.create("jar:" + jar.toUri() + "!/" + path).toURL())
                : List.of();
        draw.check("the file name <" + name + ">", () -> {
            try {
                accepted(name, RepositoryReader.read(SETTINGS, classPath).scripts());
            } catch (ProblemsFound e) {
                assertFalse(e.problems().isEmpty());
                e.problems().forEach(problem -> assertTrue(problem.toString().contains(name), problem.toString()));
                assertFalse(name.matches("[0-9]{1,20}_[^_].*\\.sql"), "refused: " + e.problems());
            }
        });
    }

    private static void accepted(String name, List<Script> scripts) {
        List<Script> ours =
                scripts.stream().filter(script -> !script.file().equals(GOOD)).toList();
        Optional<Change> theirs;
        try {
            theirs = new MyBatis().change(name);
        } catch (MigrationException e) {
            // a hidden file, such as those that macOS puts beside the real ones: MyBatis fails of it
            assertTrue(ours.isEmpty() && name.startsWith("."), "MyBatis refuses what we accept: " + ours);
            return;
        }
        assertEquals(
                theirs.map(Change::getId).map(List::of).orElse(List.of()),
                ours.stream().map(script -> new BigDecimal(script.id().value())).toList());
        assertEquals(
                theirs.map(Change::getDescription).map(List::of).orElse(List.of()),
                ours.stream().map(Script::description).toList());
    }

    private static String name(Draw draw) {
        String id = draw.of(
                String.valueOf(draw.number(0, 2_000_000_000)),
                draw.text(1, 25, "0", "1", "9"),
                "0".repeat(draw.number(0, 22)) + "7",
                draw.of("1.5", "1e3", "1E3", "+7", "-7", "0x1f", "1_000", "", " 5", "5 ", ".5", "1.0", "٣", "１"));
        String separator = draw.percent(80) ? "_" : draw.of("", "-", " ", "__", ".");
        String description = draw.text(
                0,
                6,
                "a",
                "_",
                " ",
                "[1]",
                "(x)",
                "ä",
                "日本",
                "\uD83D\uDE00",
                "%20",
                "%",
                "#",
                "?",
                "&",
                "+",
                "'",
                "\"",
                ";",
                "!",
                ".",
                ".sql",
                "@",
                "$",
                "{v}",
                "=",
                ",",
                "~",
                "\\",
                "\t",
                "x".repeat(60));
        String suffix = draw.percent(70) ? ".sql" : draw.of(".SQL", ".Sql", ".sql ", ".txt", "", ".sql~", ".sql.bak");
        String name = draw.percent(5) ? draw.of("bootstrap.sql", "README.md", "._1_a.sql", ".sql") : "";
        return name.isEmpty() ? id + separator + description + suffix : name;
    }

    /** A library, as a file system may not have every name (POSIX locale). */
    private Path jar(String name) throws IOException {
        Path jar = folder.resolve("scripts.jar");
        try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
            entries.putNextEntry(new ZipEntry("migrations/scripts/"));
            for (String file : List.of(GOOD, name)) {
                entries.putNextEntry(new ZipEntry("migrations/scripts/" + file));
                entries.write("select 1;\n".getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }
}
