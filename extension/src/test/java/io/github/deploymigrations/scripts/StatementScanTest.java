package io.github.deploymigrations.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.ibatis.migration.Environment;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementScanTest {
    @ParameterizedTest
    @CsvSource({"create table a (id int);, true", "create table a (id int), false"})
    void it_keeps_nothing_of_a_script_that_it_has_looked_through(String text, boolean terminated, @TempDir Path folder)
            throws Exception {
        Path file = Files.writeString(folder.resolve("production.properties"), "");
        StatementScan scan = new StatementScan(new Environment(file.toFile()));
        WeakReference<ScriptReader> script = scanned(scan, text, terminated);
        for (int attempt = 0; attempt < 100 && script.get() != null; attempt++) {
            System.gc();
            Thread.sleep(20);
        }
        assertNull(script.get());
        scanned(scan, text, terminated); // so that the scan itself is kept until here
    }

    /** In a frame of its own, which is gone when the memory is looked at. */
    private static WeakReference<ScriptReader> scanned(StatementScan scan, String text, boolean terminated)
            throws IOException {
        try (ScriptReader script = new ScriptReader(
                new ByteArrayInputStream(text.getBytes(UTF_8)), UTF_8, false, new Properties(), false)) {
            assertEquals(terminated, scan.of(script, false, sql -> {}).terminated());
            return new WeakReference<>(script);
        }
    }
}
