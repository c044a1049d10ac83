package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestLog;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What takes long tells how far it is: in its own log, and in that of who waits for it. */
public class ProgressTest {
    @TempDir
    private Path folder;

    /** Called by H2. */
    public static int nap() throws InterruptedException {
        Thread.sleep(4000);
        return 0;
    }

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

    /** GET_LOCK of MariaDB tells no more than the session; what is not committed yet tells the rest. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2_FILE"})
    void a_script_of_row_changes_is_seen_by_the_one_who_waits_from_its_first_statement(TestServer server)
            throws Exception {
        String slow = switch (server) {
            case POSTGRESQL -> "insert into a select 0 from (select pg_sleep(4)) as s;\n";
            case MARIADB -> "insert into a select sleep(4);\n";
            default -> "insert into a select count(*) + nap() from (select 1);\n";
        };
        TestRepository repository = new TestRepository(folder).table("1", "a");
        if (server == TestServer.H2_FILE) {
            repository.script("2_nap.sql", "create alias nap for \"" + ProgressTest.class.getName() + ".nap\";\n");
        }
        TestLog log = TestLog.open();
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            repository.script("3_slow.sql", slow + "insert into a values (7);\n");
            CompletableFuture<MigrationReport> first =
                    CompletableFuture.supplyAsync(() -> migrations(database).migrate());
            Thread.sleep(1500);
            RunInProgress seen = migrations(database).status().running().orElseThrow();
            migrations(database).migrate();
            assertEquals("[3]", first.join().appliedNow().keySet().toString());
            assertEquals(Optional.of(Node.name()), seen.node());
            assertTrue(seen.deployment().isPresent() && seen.since().isPresent(), seen.toString());
            String waiting = String.join("\n", log.of("MIGR-520"));
            assertTrue(waiting.contains(Node.name()), waiting);
            if (server != TestServer.POSTGRESQL) {
                assertEquals(
                        "3_slow.sql: statement 1 of 2",
                        seen.progress().orElseThrow().describe().replaceFirst(", \\d+.*", ""));
                assertTrue(waiting.contains("began revision 3"), waiting);
            }
        } finally {
            log.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2_FILE"})
    void a_release_that_is_up_to_date_sees_the_run_of_a_newer_one(TestServer server) throws Exception {
        Path newer = Files.createDirectories(folder.resolve("newer"));
        String slow = switch (server) {
            case POSTGRESQL -> "select pg_sleep(3);\n";
            case MARIADB -> "select sleep(3);\n";
            default -> "create alias nap for \"" + ProgressTest.class.getName() + ".nap\";\ncall nap();\n";
        };
        new TestRepository(folder).table("1", "a");
        new TestRepository(newer).table("1", "a").script("2_slow.sql", slow);
        try (TestDatabase database = server.fresh()) {
            migrations(database).migrate();
            CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(
                    () -> migrations(database).with("location", "file:" + newer).migrate());
            Thread.sleep(1500);
            MigrationReport seen = migrations(database).status();
            run.join();
            assertEquals(MigrationStatus.RUNNING, seen.status());
            assertEquals(Optional.of(Node.name()), seen.running().orElseThrow().node());
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(database).status().status());
        }
    }
}
