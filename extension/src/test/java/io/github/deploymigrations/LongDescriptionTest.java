package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.MigrationLoader;
import org.apache.ibatis.migration.operations.StatusOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Descriptions that are longer than the changelog's column. No file system has such names, but a jar may. */
class LongDescriptionTest {
    private static final String LETTERS = "d".repeat(300);
    private static final String PAIRS = "d" + "\uD83D\uDE00".repeat(299);

    @TempDir
    private Path folder;

    private <T> T withScripts(Callable<T> work) throws Exception {
        Path jar = folder.resolve("scripts.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new ZipEntry("migrations/scripts/"));
            put(out, "1_" + LETTERS, "create table a (id int);\n");
            put(out, "2_" + PAIRS, "insert into a values (1);\n");
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            return work.call();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static void put(JarOutputStream out, String name, String text) throws IOException {
        out.putNextEntry(new ZipEntry("migrations/scripts/" + name + ".sql"));
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Change change(String id, String description) {
        Change change = new Change(new BigDecimal(id));
        change.setDescription(description);
        return change;
    }

    private static void assertAgreed(TestDatabase database, MigrationReport again) {
        assertEquals(MigrationStatus.UP_TO_DATE, again.status());
        assertEquals(2, again.in(RevisionState.APPLIED).size());
        assertEquals(
                List.of(LETTERS.substring(0, 255), PAIRS.substring(0, 255)),
                database.query("select DESCRIPTION from CHANGELOG order by ID"));
        StatusOperation mybatis = new StatusOperation()
                .operate(
                        database.dataSource()::getConnection,
                        new MigrationLoader() {
                            @Override
                            public List<Change> getMigrations() {
                                return new ArrayList<>(List.of(change("1", LETTERS), change("2", PAIRS)));
                            }

                            @Override
                            public Reader getScriptReader(Change change, boolean undo) {
                                throw new UnsupportedOperationException();
                            }

                            @Override
                            public Reader getBootstrapReader() {
                                throw new UnsupportedOperationException();
                            }

                            @Override
                            public Reader getOnAbortReader() {
                                throw new UnsupportedOperationException();
                            }
                        },
                        new DatabaseOperationOption(),
                        null);
        assertTrue(
                mybatis.getCurrentStatus().stream().allMatch(change -> change.getAppliedTimestamp() != null),
                mybatis.getCurrentStatus().toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2", "DERBY", "SQLITE"})
    void a_description_of_three_hundred_letters_is_cut_where_the_column_ends(TestServer server) throws Exception {
        try (TestDatabase database = server.fresh()) {
            withScripts(() -> Migrations.of(database.dataSource()).migrate());
            assertAgreed(
                    database,
                    withScripts(() -> Migrations.of(database.dataSource()).migrate()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2", "HSQLDB", "DERBY", "SQLITE"})
    void so_it_is_where_a_person_says_that_the_scripts_are_applied(TestServer server) throws Exception {
        try (TestDatabase database = server.fresh()) {
            database.execute("create table a (id int)");
            withScripts(() -> {
                Migrations migrations = Migrations.of(database.dataSource());
                try {
                    return migrations.migrate();
                } catch (MigrationException e) {
                    return migrations.with("resolve", "1:applied").migrate();
                }
            });
            assertAgreed(
                    database,
                    withScripts(() -> Migrations.of(database.dataSource()).migrate()));
        }
    }
}
