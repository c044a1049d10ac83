package io.github.deploymigrations.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.settings.LockMode;
import io.github.deploymigrations.settings.TableName;
import io.github.deploymigrations.testing.ChildProcess;
import io.github.deploymigrations.testing.UrlDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only SQLite has: a database with one writer. */
class FileBesideLockTest {
    @TempDir
    private Path folder;

    private UrlDataSource database;

    @BeforeEach
    void open() {
        database = new UrlDataSource("jdbc:sqlite:" + folder.resolve("a.db"), "", "");
    }

    private static MigrationLock lock(Connection working, String changelog) throws Exception {
        return MigrationLocks.of(
                LockMode.AUTO, new Contender("node", "shop.war"), new TableName(changelog), working, () -> working);
    }

    @Test
    void one_has_it_and_can_write() throws Exception {
        try (Connection holder = database.getConnection();
                Connection waiter = database.getConnection();
                Statement statement = holder.createStatement()) {
            MigrationLock.Held held = lock(holder, "CHANGELOG").tryAcquire().orElseThrow();
            statement.execute("create table T (ID int)");
            held.verify();
            assertEquals(Optional.empty(), lock(waiter, "changelog").tryAcquire());
            assertTrue(
                    lock(waiter, "CHANGELOG").holder().orElseThrow().describe().startsWith("shop.war on node"));
            lock(waiter, "OTHER").tryAcquire().orElseThrow().close();
            held.close();
            assertEquals(Optional.empty(), lock(waiter, "CHANGELOG").holder());
            lock(waiter, "CHANGELOG").tryAcquire().orElseThrow().close();
        }
    }

    @Test
    void asking_does_not_free_the_lock_that_another_process_wants() throws Exception {
        try (Connection here = database.getConnection()) {
            MigrationLock.Held held = lock(here, "CHANGELOG").tryAcquire().orElseThrow();
            lock(here, "CHANGELOG").tryAcquire();
            lock(here, "CHANGELOG").holder();
            try (ChildProcess child =
                    ChildProcess.start(LockingProcess.class, database.url(), "", "", LockMode.AUTO.name())) {
                child.awaitLine("NoSuchElementException");
            }
            held.close();
        }
    }

    @Test
    void it_is_free_when_the_holders_process_is_killed() throws Exception {
        try (Connection here = database.getConnection();
                ChildProcess child =
                        ChildProcess.start(LockingProcess.class, database.url(), "", "", LockMode.AUTO.name())) {
            child.awaitLine("locked");
            assertEquals(Optional.empty(), lock(here, "CHANGELOG").tryAcquire());
            assertEquals(
                    Optional.of("child"),
                    lock(here, "CHANGELOG").holder().orElseThrow().node());
            child.kill();
            assertEquals(Optional.empty(), lock(here, "CHANGELOG").holder());
            lock(here, "CHANGELOG").tryAcquire().orElseThrow().close();
        }
    }

    @Test
    void a_database_in_memory_is_nobody_elses() throws Exception {
        try (Connection memory = new UrlDataSource("jdbc:sqlite::memory:", "", "").getConnection()) {
            MigrationLock.Held held = lock(memory, "CHANGELOG").tryAcquire().orElseThrow();
            held.verify();
            held.close();
        }
    }

    /** To find out whether a lock is free is to take it for a moment. */
    @Test
    void who_only_looks_in_another_process_is_no_holder_to_one_who_asks_once() throws Exception {
        try (Connection here = database.getConnection();
                ChildProcess child = ChildProcess.start(LookingProcess.class, database.url())) {
            lock(here, "CHANGELOG").tryAcquire().orElseThrow().close();
            child.awaitLine("looked");
            for (int time = 0; time < 2_000; time++) {
                lock(here, "CHANGELOG").tryAcquire().orElseThrow().close();
            }
        }
    }

    /** A full device lets the file be opened and locked, and refuses what is written into it. */
    @Test
    void a_lock_that_cannot_be_written_down_is_not_kept() throws Exception {
        try (Connection here = database.getConnection()) {
            lock(here, "CHANGELOG").tryAcquire().orElseThrow().close();
            Path file;
            try (Stream<Path> files = Files.list(folder)) {
                file = files.filter(path -> path.toString().contains("mybatis-migrations-"))
                        .findFirst()
                        .orElseThrow();
            }
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of("/dev/full"));
            for (int time = 0; time < 2; time++) {
                assertThrows(SQLException.class, () -> lock(here, "CHANGELOG").tryAcquire());
            }
        }
    }
}
