package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestLog;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What takes long tells how far it is: in its own log, and in that of who waits for it. */
class ProgressTest {
    @TempDir
    private Path folder;

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource()).with("location", "file:" + folder);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_long_script_is_seen_in_its_own_log_and_by_the_one_who_waits(TestServer server) throws Exception {
        String sleep = server == TestServer.POSTGRESQL ? "select pg_sleep(4);\n" : "select sleep(4);\n";
        new TestRepository(folder)
                .table("1", "a")
                .script(
                        "2_slow.sql",
                        "insert into a values (1);\n" + sleep + sleep + sleep + "create table b (id int);\n");
        TestLog log = TestLog.open();
        try (TestDatabase database = server.fresh()) {
            CompletableFuture<MigrationReport> first =
                    CompletableFuture.supplyAsync(() -> migrations(database).migrate());
            Thread.sleep(2000);
            migrations(database).migrate();
            first.join();
            String own = String.join("\n", log.of("MIGR-519"));
            assertTrue(own.matches("(?s).*default: \\[2/2\\] 2_slow.sql: statement [34] of 5, \\d+.*, 1 row.*"), own);
            String waiting = String.join("\n", log.of("MIGR-520"));
            assertTrue(waiting.contains(server == TestServer.POSTGRESQL ? "[2/2] " : "began revision 2"), waiting);
        } finally {
            log.close();
        }
    }
}
