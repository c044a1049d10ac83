package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand scripts take ten times as long as a thousand, from a folder and from a jar. The best of some turns counts:
 * in one JVM the same ten thousand took 0.8 to 3.3 s, as it throws H2's compiled methods away in one turn and not in another.
 */
class ManyScriptsTest {
    private static final int TURNS = 4;

    @TempDir
    private Path folder;

    private static long millis(Callable<?> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static String name(int id) {
        return id == 0 ? "1_create.sql" : (id + 1) + "_row " + id + ".sql";
    }

    private static String text(int id) {
        return id == 0
                ? "create table a (id int);\n"
                : "insert into a values (" + id + ");\n-- //@UNDO\ndelete from a where id = " + id + ";\n";
    }

    /** Applies, and does nothing; returns the least of both in milliseconds. */
    private static long[] times(String location, int count, String what) throws Exception {
        long[] best = {Long.MAX_VALUE, Long.MAX_VALUE};
        for (int turn = 0; turn < TURNS; turn++) {
            long[] times = turn(location, count, what);
            best[0] = Math.min(best[0], times[0]);
            best[1] = Math.min(best[1], times[1]);
        }
        return best;
    }

    private static long[] turn(String location, int count, String what) throws Exception {
        try (TestDatabase database = new TestDatabase()) {
            Migrations migrations = Migrations.of(database.dataSource()).with("location", location);
            long apply = millis(migrations::migrate);
            long nothing = millis(migrations::migrate);
            assertEquals(count, database.changelog().size());
            System.out.printf("%d scripts of a %s: apply %d ms, nothing to do %d ms%n", count, what, apply, nothing);
            return new long[] {apply, nothing};
        }
    }

    private String folder(int count) throws IOException {
        Path scripts = Files.createDirectories(folder.resolve(count + "/scripts"));
        for (int id = 0; id < count; id++) {
            Files.writeString(scripts.resolve(name(id)), text(id));
        }
        return "file:" + scripts.getParent();
    }

    @Test
    void ten_thousand_scripts_of_a_folder_take_ten_times_as_long_as_a_thousand() throws Exception {
        times(folder(500), 500, "folder");
        assertLinear(times(folder(1000), 1000, "folder"), times(folder(10_000), 10_000, "folder"));
    }

    @Test
    void ten_thousand_scripts_of_a_jar_take_ten_times_as_long_as_a_thousand() throws Exception {
        ofJar(500);
        assertLinear(ofJar(1000), ofJar(10_000));
    }

    /** With room for a busy machine: what is quadratic takes a hundred times as long. */
    private static void assertLinear(long[] thousand, long[] tenThousand) {
        for (int index = 0; index < 2; index++) {
            assertTrue(
                    tenThousand[index] < 30 * Math.max(100, thousand[index]),
                    thousand[index] + " ms and " + tenThousand[index] + " ms");
        }
    }

    private long[] ofJar(int count) throws Exception {
        Path jar = folder.resolve(count + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new ZipEntry("migrations/scripts/"));
            for (int id = 0; id < count; id++) {
                out.putNextEntry(new ZipEntry("migrations/scripts/" + name(id)));
                out.write(text(id).getBytes(StandardCharsets.UTF_8));
            }
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            return times("migrations", count, "jar");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
