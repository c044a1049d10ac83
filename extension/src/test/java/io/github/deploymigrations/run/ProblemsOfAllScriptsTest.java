package io.github.deploymigrations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.settings.Mode;
import io.github.deploymigrations.settings.SettingsReader;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With several blocks all scripts are looked through, whatever was applied long ago. */
class ProblemsOfAllScriptsTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    @Test
    void a_script_that_may_be_applied_already_is_refused_by_the_run_alone() {
        new TestRepository(folder).script("1_a.sql", "create table a (id int);\n-- @UNDO\ndrop table a;\n");
        Migration migration = Migration.prepare(
                SettingsReader.ofJava(Map.of("location", "file:" + folder)), path -> List.of(), "test", List.of());
        assertEquals(List.of(), migration.problems());
        try (TestDatabase database = TestServer.H2.fresh()) {
            List<Problem> refused = migration
                    .run(database.dataSource(), Mode.MIGRATE, LIMIT)
                    .failure()
                    .orElseThrow()
                    .problems();
            assertEquals("MIGR-220", refused.get(0).explanation().code());
        }
    }
}
