package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.GaleraCluster;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestLog;
import io.github.deploymigrations.testing.TestRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Galera cluster: application servers at two of its nodes must not both migrate. */
class GaleraTest {
    private static GaleraCluster cluster;

    @TempDir
    private Path folder;

    private final String name = "t" + UUID.randomUUID().toString().replace("-", "");

    @BeforeAll
    static void start() {
        cluster = GaleraCluster.start(2);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void database() {
        cluster.at(0, "").execute("create database " + name);
        new TestRepository(folder)
                .script("1_create.sql", "create table t (id int primary key);\ninsert into t values (1);\n")
                .script("2_rows.sql", "insert into t values (2);\n");
    }

    private Migrations at(TestDatabase database) {
        return Migrations.of(database.dataSource()).with("location", "file:" + folder);
    }

    private Migrations at(int node) {
        return at(cluster.at(node, name));
    }

    /** What the refusal is for. */
    @Test
    void each_node_gives_its_own_lock() throws Exception {
        try (var first = cluster.at(0, name).dataSource().getConnection();
                var second = cluster.at(1, name).dataSource().getConnection()) {
            for (var connection : List.of(first, second)) {
                try (var statement = connection.createStatement();
                        var row = statement.executeQuery("select get_lock('it', 0)")) {
                    row.next();
                    assertEquals(1, row.getInt(1));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "row"})
    void a_lock_that_would_hold_on_one_node_only_is_refused(String lock) {
        for (int node = 0; node < 2; node++) {
            Migrations migrations = at(node).with("lock", lock);
            MigrationException refused = assertThrows(MigrationException.class, migrations::migrate);
            assertEquals("MIGR-543", refused.failure().explanation().code(), refused.getMessage());
        }
        assertEquals(
                List.of("0"),
                cluster.at(0, "")
                        .query("select count(*) from information_schema.TABLES where TABLE_SCHEMA = '" + name + "'"));
    }

    @Test
    void several_that_migrate_by_way_of_one_node_keep_each_other_off() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<MigrationReport>> ends = new ArrayList<>();
        try (TestLog log = TestLog.open()) {
            Migrations migrations = at(cluster.inSequence(name)).with("lock", "advisory");
            for (int i = 0; i < 4; i++) {
                ends.add(threads.submit(migrations::migrate));
            }
            for (Future<MigrationReport> end : ends) {
                assertEquals(MigrationStatus.UP_TO_DATE, end.get().status());
            }
            assertTrue(!log.of("MIGR-527").isEmpty(), "the warning");
        } finally {
            threads.shutdownNow();
        }
        assertEquals(List.of("1", "2"), cluster.at(0, name).query("select id from t order by id"));
    }

    @Test
    void the_others_validate_what_one_job_has_migrated() throws Exception {
        MigrationException pending = assertThrows(MigrationException.class, () -> at(1).validate());
        assertTrue(pending.getMessage().contains("MIGR-4"), pending.getMessage());
        at(0).with("lock", "advisory").migrate();
        awaitAtTheOtherNode();
        assertEquals(MigrationStatus.UP_TO_DATE, at(1).validate().status());
        // nothing to do is nothing to lock
        assertEquals(MigrationStatus.UP_TO_DATE, at(1).migrate().status());
        assertEquals(MigrationStatus.UP_TO_DATE, at(1).status().status());
    }

    /** The other node applies what was committed a moment later. */
    private void awaitAtTheOtherNode() throws InterruptedException {
        for (int attempt = 0; attempt < 100 && at(1).status().status() != MigrationStatus.UP_TO_DATE; attempt++) {
            Thread.sleep(100);
        }
    }
}
