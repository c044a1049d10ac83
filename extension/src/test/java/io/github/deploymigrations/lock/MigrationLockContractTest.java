package io.github.deploymigrations.lock;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.deploymigrations.settings.LockMode;
import io.github.deploymigrations.settings.TableName;
import io.github.deploymigrations.testing.ChildProcess;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every lock must do, on every database. */
@ParameterizedClass
@EnumSource
class MigrationLockContractTest {

    /** Every lock on every database that has it. */
    enum Setting {
        H2(TestServer.H2, LockMode.AUTO),
        H2_FILE(TestServer.H2_FILE, LockMode.AUTO),
        POSTGRESQL(TestServer.POSTGRESQL, LockMode.AUTO),
        POSTGRESQL_ROW(TestServer.POSTGRESQL, LockMode.ROW),
        PGBOUNCER(TestServer.PGBOUNCER, LockMode.AUTO),
        PGBOUNCER_ROW(TestServer.PGBOUNCER, LockMode.ROW),
        MARIADB(TestServer.MARIADB, LockMode.AUTO),
        MARIADB_ROW(TestServer.MARIADB, LockMode.ROW),
        HSQLDB(TestServer.HSQLDB, LockMode.AUTO),
        SQLITE(TestServer.SQLITE, LockMode.AUTO),
        DERBY(TestServer.DERBY, LockMode.AUTO);

        final TestServer server;
        final LockMode mode;

        Setting(TestServer server, LockMode mode) {
            this.server = server;
            this.mode = mode;
        }

        /** SQLite's is of the operating system, and ends with the process; who closes what is not seen. */
        boolean isOfSession() {
            return this != SQLITE;
        }
    }

    private final Setting setting;
    private final List<AutoCloseable> open = new ArrayList<>();
    private TestDatabase database;

    MigrationLockContractTest(Setting setting) {
        this.setting = setting;
    }

    @BeforeEach
    void empty() {
        database = setting.server.fresh();
    }

    @AfterEach
    void drop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        // there is none where a program is missing that the server needs
        if (database != null) {
            database.close();
        }
    }

    private LockUser user(TestDatabase of, String changelog, String node) throws SQLException, LockFailed {
        LockUser user = new LockUser(of, setting.mode, changelog, node);
        open.add(user);
        return user;
    }

    private LockUser user(String changelog) throws SQLException, LockFailed {
        return user(database, changelog, "node-1");
    }

    private LockUser user() throws SQLException, LockFailed {
        return user("CHANGELOG");
    }

    private static void assertLocked(LockUser user) throws SQLException, LockFailed {
        assertEquals(Optional.empty(), user.tryAcquire());
    }

    private static MigrationLock.Held assertFree(LockUser user) throws SQLException, LockFailed {
        return user.tryAcquire().orElseThrow(() -> new AssertionError("still locked"));
    }

    private static void assertFreeSoon(LockUser user) throws SQLException, LockFailed {
        new LockWait("test", new TableName("CHANGELOG"), Duration.ofSeconds(2), Optional::empty)
                .acquire(user.lock())
                .close();
    }

    @Test
    void one_has_it_until_he_gives_it_back() throws Exception {
        LockUser first = user();
        LockUser second = user();
        MigrationLock.Held held = assertFree(first);
        assertLocked(second);
        assertLocked(second);
        held.verify();
        held.close();
        held.close();
        MigrationLock.Held next = assertFree(second);
        assertLocked(first);
        next.close();
        assertFree(first).close();
    }

    @Test
    void it_is_not_waited_for() throws Exception {
        assertFree(user());
        LockUser waiter = user();
        long start = System.nanoTime();
        assertLocked(waiter);
        assertTrue(System.nanoTime() - start < 1_000_000_000L);
        assertTrue(waiter.working().getAutoCommit());
    }

    @Test
    void of_twenty_threads_each_works_alone() throws Exception {
        database.execute("create table T (N int)", "insert into T values (0)");
        ExecutorService threads = Executors.newFixedThreadPool(20);
        List<Future<Void>> ends = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String node = "node-" + i;
            ends.add(threads.submit(() -> {
                try (LockUser user = new LockUser(database, setting.mode, "CHANGELOG", node);
                        MigrationLock.Held held = new LockWait(
                                        node, new TableName("CHANGELOG"), Duration.ofMinutes(1), Optional::empty)
                                .acquire(user.lock())) {
                    int count =
                            Integer.parseInt(database.query("select N from T").get(0));
                    held.verify();
                    user.execute("update T set N = " + (count + 1));
                }
                return null;
            }));
        }
        threads.shutdown();
        for (Future<Void> end : ends) {
            end.get();
        }
        assertEquals(List.of("20"), database.query("select N from T"));
    }

    @Test
    void the_holder_can_work() throws Exception {
        LockUser holder = user();
        try (MigrationLock.Held held = assertFree(holder)) {
            holder.execute("create table T (ID int primary key)", "create index I on T (ID)");
            held.verify();
            holder.working().setAutoCommit(false);
            holder.execute("insert into T values (1)");
            held.verify();
            holder.working().commit();
            holder.execute("alter table T add column N int", "insert into T values (2, 2)");
            held.verify();
            holder.working().rollback();
            holder.working().setAutoCommit(true);
            holder.execute("drop table T");
            held.verify();
        }
    }

    @Test
    void connections_go_back_as_they_came() throws Exception {
        LockUser user = user();
        int isolation = user.working().getTransactionIsolation();
        assertFree(user).close();
        user.lock().holder();
        assertTrue(user.working().getAutoCommit());
        assertEquals(isolation, user.working().getTransactionIsolation());
    }

    @Test
    void it_is_free_when_the_holder_closes_his_connections_without_a_word() throws Exception {
        assumeTrue(setting.isOfSession());
        LockUser holder = user();
        assertFree(holder);
        holder.closeConnections();
        assertFreeSoon(user());
    }

    @Test
    void it_is_free_when_the_holders_connections_are_cut() throws Exception {
        assumeTrue(setting.isOfSession());
        LockUser holder = user();
        assertFree(holder);
        holder.abort();
        assertFreeSoon(user());
    }

    @Test
    void it_is_free_when_the_holders_process_is_killed() throws Exception {
        try (ChildProcess child = ChildProcess.start(
                LockingProcess.class, database.url(), database.user(), database.password(), setting.mode.name())) {
            child.awaitLine("locked");
            if (setting.server.isShared()) {
                assertLocked(user());
            }
            child.kill();
            LockUser next = user();
            assertFreeSoon(next);
            assertEquals(Optional.empty(), next.lock().holder());
        }
    }

    @Test
    void locks_of_different_changelogs_do_not_meet() throws Exception {
        assertFree(user());
        assertFree(user("OTHER_LOG"));
    }

    @Test
    void locks_of_different_schemas_do_not_meet() throws Exception {
        if (setting.server == TestServer.MARIADB || setting.server == TestServer.SQLITE) {
            return; // a schema is a database there
        }
        database.execute("create schema A", "create schema B");
        assertFree(user("A.CHANGELOG"));
        assertFree(user("B.CHANGELOG"));
    }

    @Test
    void locks_of_different_databases_do_not_meet() throws Exception {
        assertFree(user());
        try (TestDatabase other = setting.server.fresh();
                LockUser user = user(other, "CHANGELOG", "node-2")) {
            assertFree(user).close();
        }
    }

    @Test
    void a_table_has_one_lock_however_its_name_is_written() throws Exception {
        List<String> names = new ArrayList<>(List.of("CHANGELOG", "changelog", "ChangeLog"));
        switch (setting.server) {
            case POSTGRESQL, PGBOUNCER -> {
                names.addAll(List.of("public.changelog", "\"public\".CHANGELOG"));
                if (setting.mode == LockMode.AUTO) {
                    // beside a quoted name, the table of the row lock is quoted too, and so another one
                    names.add("\"changelog\"");
                }
            }
            case MARIADB -> {
                // on a file system with cases, a table's name has one
                String catalog = user().working().getCatalog();
                names = List.of("CHANGELOG", "`CHANGELOG`", catalog + ".CHANGELOG");
            }
            case DERBY -> names.addAll(List.of("SA.changelog", "\"CHANGELOG\""));
            case SQLITE -> names.addAll(List.of("\"CHANGELOG\"", "\"changelog\""));
            default -> names.addAll(List.of("public.changelog", "\"CHANGELOG\"", "\"PUBLIC\".\"CHANGELOG\""));
        }
        MigrationLock.Held held = assertFree(user());
        for (String name : names) {
            assertLocked(user(name));
        }
        held.close();
    }

    @Test
    void names_with_quotes_dots_and_reserved_words_lock() throws Exception {
        List<String> names = setting.server == TestServer.MARIADB
                ? List.of("`select`", "`my.log`", "`my log`", "`say ``so```", "`it's \"me\"`", "log$1")
                : List.of(
                        "\"select\"",
                        "\"my.log\"",
                        "\"my log\"",
                        "\"say \"\"so\"\"\"",
                        "\"it's `me`\"",
                        "\"log\"",
                        // the same table on SQLite
                        setting.server == TestServer.SQLITE ? "\"log 2\"" : "\"LOG\"");
        for (String name : names) {
            MigrationLock.Held held = assertFree(user(name));
            held.verify();
            assertLocked(user(name));
        }
    }

    @Test
    void the_holder_is_named() throws Exception {
        LockUser waiter = user();
        assertEquals(Optional.empty(), waiter.lock().holder());
        Instant before = Instant.now().minusSeconds(1);
        MigrationLock.Held held = assertFree(user(database, "CHANGELOG", "node-7"));
        LockHolder holder = waiter.lock().holder().orElseThrow();
        if (setting == Setting.MARIADB) {
            assertTrue(holder.session().orElseThrow().contains(" of root from "), holder.toString());
        } else {
            assertEquals(Optional.of("node-7"), holder.node());
            assertEquals(Optional.of("shop.war"), holder.deployment());
            assertFalse(holder.since().orElseThrow().isBefore(before), holder.toString());
            assertTrue(holder.describe().startsWith("shop.war on node-7 since 2"), holder.describe());
        }
        held.close();
        assertEquals(Optional.empty(), waiter.lock().holder());
    }

    @Test
    void a_note_that_a_dead_holder_left_means_nothing() throws Exception {
        assumeTrue(setting.isOfSession());
        LockUser holder = user(database, "CHANGELOG", "dead");
        assertFree(holder);
        holder.abort();
        LockUser next = user(database, "CHANGELOG", "alive");
        assertFreeSoon(next);
        LockUser watcher = user();
        assertEquals(Optional.empty(), watcher.lock().holder());
        assertFree(next);
        assertFalse(watcher.lock().holder().orElseThrow().describe().contains("dead"));
    }

    @Test
    void a_lock_whose_session_was_ended_is_lost() throws Exception {
        assumeTrue(setting.isOfSession());
        LockUser holder = user();
        MigrationLock.Held held = assertFree(holder);
        held.verify();
        holder.abort();
        LockLost lost = assertThrows(LockLost.class, held::verify);
        assertTrue(
                lost.failure().describe().contains("MIGR-522"), lost.failure().describe());
        assertDoesNotThrow(held::close);
        assertFreeSoon(user());
    }

    @Test
    void a_lock_whose_session_the_dba_killed_is_lost() throws Exception {
        LockUser holder = user();
        MigrationLock.Held held = assertFree(holder);
        String session =
                holder.lock().holder().orElseThrow().session().orElse("").replaceAll(" .*", "");
        switch (setting.server) {
            case POSTGRESQL, PGBOUNCER -> database.query("select pg_terminate_backend(" + session + ")");
            case MARIADB -> database.execute("kill " + session);
            case H2, H2_FILE -> database.query("call abort_session(" + session + ")");
            case HSQLDB -> database.execute("alter session " + session + " close");
            default -> {
                return;
            }
        }
        assertThrows(LockLost.class, held::verify);
        assertFreeSoon(user());
        held.close();
    }

    @Test
    void whoever_failed_within_a_transaction_still_gives_it_back() throws Exception {
        LockUser holder = user();
        MigrationLock.Held held = assertFree(holder);
        holder.working().setAutoCommit(false);
        assertThrows(SQLException.class, () -> holder.execute("select nonsense from nowhere"));
        held.verify();
        held.close();
        assertFree(user()).close();
    }
}
