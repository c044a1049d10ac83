package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.testing.ChildProcess;
import io.github.deploymigrations.testing.CutDataSource;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many nodes boot at once on one empty database: all of them come up, and every script is applied once. The number of
 * processes is {@code -Drace.jvms}, as in {@code mvn -pl extension test -Dtest=RaceTest -Drace.jvms=20}.
 */
class RaceTest {
    private static final int PROCESSES = Integer.getInteger("race.jvms", 4);
    private static final int THREADS = 50;

    @TempDir
    private Path folder;

    private final List<ChildProcess> children = new ArrayList<>();

    @BeforeEach
    void scripts() {
        TestRepository repository = new TestRepository(folder)
                .script("1_create.sql", "create table applied (id int);\ninsert into applied values (1);\n");
        for (int id = 2; id <= 5; id++) {
            repository.script(
                    id + "_mixed.sql",
                    "insert into applied values (" + id + ");\ncreate table t" + id + " (id int);\n");
            repository.script(id + 10 + "_rows.sql", "insert into applied values (" + (id + 10) + ");\n");
        }
    }

    @AfterEach
    void end() {
        children.forEach(ChildProcess::close);
    }

    private ChildProcess process(TestDatabase database, Path go, int point) {
        ChildProcess child = ChildProcess.start(
                RunningProcess.class,
                database.url(),
                database.user(),
                database.password(),
                "file:" + folder,
                go.toString(),
                String.valueOf(point),
                "true");
        children.add(child);
        return child;
    }

    /** One after the other, as the machine is small; they wait for each other. */
    private List<ChildProcess> racers(TestDatabase database, Path go) {
        List<ChildProcess> racers = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            ChildProcess racer = process(database, go, 0);
            racer.awaitLine("ready");
            racers.add(racer);
        }
        return racers;
    }

    private static void finish(TestServer server, String who, List<ChildProcess> racers, long start) {
        racers.forEach(racer -> racer.awaitLine("ended UP_TO_DATE"));
        System.out.printf("%s: %d %s came up in %d ms%n", server, racers.size(), who, millisSince(start));
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static void assertAppliedOnce(TestDatabase database) {
        List<String> ids = List.of("1", "2", "3", "4", "5", "12", "13", "14", "15");
        assertEquals(ids, database.query("select id from applied order by id"));
        assertEquals(ids, database.changelog());
        assertEquals(
                ids, database.query("select REVISION from CHANGELOG_HISTORY where OUTCOME = 'DONE' order by REVISION"));
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "PGBOUNCER", "MARIADB", "H2", "SQLITE"})
    void of_many_processes_one_applies_each_script(TestServer server) throws IOException {
        try (TestDatabase database = server.fresh()) {
            Path go = folder.resolve("go");
            List<ChildProcess> racers = racers(database, go);
            long start = System.nanoTime();
            Files.createFile(go);
            finish(server, "processes", racers, start);
            assertAppliedOnce(database);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "PGBOUNCER", "MARIADB", "H2", "SQLITE"})
    void when_the_one_that_works_is_killed_another_goes_on(TestServer server) throws Exception {
        int calls;
        try (TestDatabase database = server.fresh()) {
            CutDataSource counting = new CutDataSource(database.dataSource(), 0, false);
            Migrations.of(counting).with("location", "file:" + folder).migrate();
            calls = counting.calls();
        }
        try (TestDatabase database = server.fresh()) {
            Path go = folder.resolve("go");
            List<ChildProcess> racers = racers(database, go);
            Path now = Files.createFile(folder.resolve("now"));
            ChildProcess holder = process(database, now, calls / 2);
            holder.awaitLine("at the point");
            Files.createFile(go);
            Thread.sleep(2000);
            holder.kill();
            finish(server, "processes that waited for a killed one", racers, System.nanoTime());
            assertAppliedOnce(database);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "PGBOUNCER", "MARIADB", "H2", "SQLITE"})
    void of_many_threads_one_applies_each_script(TestServer server) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        try (TestDatabase database = server.fresh()) {
            Migrations migrations = Migrations.of(database.dataSource()).with("location", "file:" + folder);
            long start = System.nanoTime();
            List<Future<MigrationReport>> ends = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                ends.add(threads.submit(() -> {
                    together.await();
                    return migrations.migrate();
                }));
            }
            for (Future<MigrationReport> end : ends) {
                assertEquals(MigrationStatus.UP_TO_DATE, end.get().status());
            }
            System.out.printf("%s: %d threads came up in %d ms%n", server, THREADS, millisSince(start));
            assertAppliedOnce(database);
        } finally {
            threads.shutdownNow();
        }
    }
}
