package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TcpForwarder;
import io.github.deploymigrations.testing.TcpForwarder.Blow;
import io.github.deploymigrations.testing.TcpForwarder.Moment;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The network between the driver and the server breaks, stalls or is slow. Some packets are drawn at which it breaks;
 * {@code -Dcut.seed} draws others, {@code -Dcut.packets} says how many, or {@code all}.
 */
class BrokenConnectionTest {
    private static final long SEED = Long.getLong("cut.seed", 1);

    /** What {@code connect-timeout} is where a test waits for it. */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    @BeforeEach
    void scripts() {
        new TestRepository(folder)
                .script("1_a.sql", "create table a (id int primary key);\ninsert into a values (1);\n")
                .script("2_rows.sql", "insert into a values (2);\ninsert into a values (3);\n")
                .script("3_b.sql", """
                        -- // both
                        create table b (id int primary key);
                        insert into b values (31);

                        -- the one that is struck
                        insert into b
                          values (32);
                        insert into b values (33);
                        create index b_id on b (id);
                        """)
                .script("4_rows.sql", "insert into b values (41);\n");
    }

    private Migrations migrations(DataSource dataSource) {
        return Migrations.of(dataSource).with("location", "file:" + folder).with("retries", "0");
    }

    private Migrations migrations(TcpForwarder forwarder) {
        return migrations(forwarder.dataSource()).with("connect-timeout", LIMIT.toString());
    }

    private void assertTheNextRunAppliesEachScriptOnce(TestDatabase database, String where) {
        migrations(database.dataSource()).migrate();
        assertEquals(List.of("1", "2", "3"), database.query("select id from a order by id"), where);
        assertEquals(List.of("31", "32", "33", "41"), database.query("select id from b order by id"), where);
        assertEquals(List.of("1", "2", "3", "4"), database.changelog(), where);
        assertEquals(
                MigrationStatus.UP_TO_DATE,
                migrations(database.dataSource()).status().status(),
                where);
    }

    /** How a connection ends, and whether the server gets what was sent last. */
    private enum Cut {
        RESET_BEFORE,
        RESET_ANSWERING,
        FINISH_BEFORE,
        FINISH_ANSWERING;

        void at(Moment moment, TcpForwarder forwarder) {
            Blow blow = this == RESET_BEFORE || this == RESET_ANSWERING ? forwarder::reset : forwarder::finish;
            if (this == RESET_BEFORE || this == FINISH_BEFORE) {
                forwarder.before(moment, blow);
            } else {
                forwarder.answering(moment, blow);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_cut_in_the_middle_of_a_script_names_the_statement_and_the_next_run_goes_on(TestServer server) {
        for (Cut cut : Cut.values()) {
            try (TestDatabase database = server.fresh();
                    TcpForwarder forwarder = TcpForwarder.to(database)) {
                cut.at(TcpForwarder.text("values (32)"), forwarder);
                MigrationException thrown = assertThrows(
                        MigrationException.class, () -> migrations(forwarder).migrate());
                String where = server + ", " + cut + ": " + thrown.getMessage();
                FailedStatement failed = thrown.failure().statement().orElseThrow(() -> new AssertionError(where));
                assertEquals("insert into b\n  values (32);", failed.text(), where);
                assertTrue(failed.script().endsWith("3_b.sql"), where);
                assertEquals(6, failed.line(), where);
                assertEquals(3, failed.number(), where);
                assertTrue(
                        thrown.failure()
                                .database()
                                .orElseThrow()
                                .sqlState()
                                .orElse("")
                                .startsWith("08"),
                        where);
                assertEquals("[1, 2]", thrown.failure().applied().toString(), where);
                assertEquals(List.of("1", "2"), database.changelog(), where);
                assertTheStateIsKnown(server, database, where);
                assertTheNextRunAppliesEachScriptOnce(database, where);
            }
        }
    }

    /** Nothing of the script, or what a definition has committed and no row behind it. */
    private void assertTheStateIsKnown(TestServer server, TestDatabase database, String where) {
        Revision third = migrations(database.dataSource()).status().revisions().get(2);
        if (server.hasTransactionalDdl()) {
            assertEquals(RevisionState.PENDING, third.state(), where);
            assertThrows(AssertionError.class, () -> database.query("select * from b"), where);
        } else {
            assertEquals(RevisionState.INTERRUPTED, third.state(), where);
            assertEquals(List.of(), database.query("select * from b"), where);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void wherever_a_packet_is_lost_each_script_is_applied_once(TestServer server) {
        int points = 0;
        for (int packet : packets(server)) {
            for (Cut cut : Cut.values()) {
                try (TestDatabase database = server.fresh();
                        TcpForwarder forwarder = TcpForwarder.to(database)) {
                    String where = server + ", packet " + packet + ", " + cut + ", cut.seed=" + SEED;
                    cut.at(TcpForwarder.packet(packet), forwarder);
                    try {
                        migrations(forwarder).migrate();
                    } catch (MigrationException e) {
                        assertTrue(forwarder.hasStruck(), where + ": " + e.getMessage());
                    }
                    assertTheNextRunAppliesEachScriptOnce(database, where);
                    points++;
                }
            }
        }
        System.out.printf("%s: cut at %d points, each script applied once (cut.seed=%d)%n", server, points, SEED);
    }

    private List<Integer> packets(TestServer server) {
        List<Integer> packets = new ArrayList<>();
        try (TestDatabase database = server.fresh();
                TcpForwarder forwarder = TcpForwarder.to(database)) {
            migrations(forwarder).migrate();
            for (int packet = 1; packet <= forwarder.packets(); packet++) {
                packets.add(packet);
            }
        }
        String wanted = System.getProperty("cut.packets", "4");
        if (wanted.equals("all")) {
            return packets;
        }
        Collections.shuffle(packets, new Random(SEED));
        return packets.subList(0, Math.min(packets.size(), Integer.parseInt(wanted)));
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_server_that_stalls_while_it_is_connected_to_is_given_up_after_connect_timeout(TestServer server) {
        List<Function<TcpForwarder, TcpForwarder>> stalls = List.of(
                // not a word, and in the middle of the handshake
                forwarder -> {
                    forwarder.stall();
                    return forwarder;
                },
                forwarder -> forwarder.before(TcpForwarder.packet(1), forwarder::stall),
                forwarder -> forwarder.answering(TcpForwarder.bytes(20), forwarder::stall));
        for (Function<TcpForwarder, TcpForwarder> stall : stalls) {
            try (TestDatabase database = server.fresh();
                    TcpForwarder forwarder = stall.apply(TcpForwarder.to(database))) {
                long start = System.nanoTime();
                MigrationException thrown = assertThrows(
                        MigrationException.class, () -> migrations(forwarder).migrate());
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                assertEquals("MIGR-304", thrown.failure().explanation().code(), thrown.getMessage());
                assertTrue(took.compareTo(LIMIT.minusMillis(50)) > 0, took.toString());
                assertTrue(took.compareTo(LIMIT.plusSeconds(2)) < 0, took.toString());
                assertTheNextRunAppliesEachScriptOnce(database, server.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_slow_connection_just_works(TestServer server) {
        try (TestDatabase database = server.fresh();
                TcpForwarder forwarder = TcpForwarder.to(database).delay(Duration.ofMillis(5))) {
            assertEquals(
                    MigrationStatus.UP_TO_DATE, migrations(forwarder).migrate().status());
            assertTheNextRunAppliesEachScriptOnce(database, server.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_run_whose_session_the_dba_ends_stops_before_another_statement(TestServer server) {
        try (TestDatabase database = server.fresh();
                TcpForwarder forwarder = TcpForwarder.to(database)) {
            forwarder.before(TcpForwarder.text("values (32)"), () -> endLastOf(1, server, database));
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> migrations(forwarder).migrate());
            assertTrue(thrown.getMessage().contains("values (32)"), thrown.getMessage());
            assertFalse(forwarder.sent().contains("values (33)"), thrown.getMessage());
            assertTheNextRunAppliesEachScriptOnce(database, server.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_run_whose_row_lock_the_dba_ends_stops_before_another_statement(TestServer server) {
        try (TestDatabase database = server.fresh();
                TcpForwarder forwarder = TcpForwarder.to(database)) {
            forwarder.before(TcpForwarder.text("values (32)"), () -> endLastOf(2, server, database));
            MigrationException thrown = assertThrows(
                    MigrationException.class,
                    () -> migrations(forwarder).with("lock", "row").migrate());
            assertEquals("MIGR-522", thrown.failure().explanation().code(), thrown.getMessage());
            assertTrue(forwarder.sent().contains("values (32)"), thrown.getMessage());
            assertFalse(forwarder.sent().contains("values (33)"), thrown.getMessage());
            assertTheNextRunAppliesEachScriptOnce(database, server.toString());
        }
    }

    /** Ends the session that began last: where a row is locked, that is the one that keeps it. */
    private static void endLastOf(int sessions, TestServer server, TestDatabase database) {
        List<String> found = database.query(
                server == TestServer.POSTGRESQL
                        ? "select pid from pg_stat_activity where datname = current_database()"
                                + " and pid <> pg_backend_pid() order by backend_start"
                        : "select id from information_schema.processlist where db = database()"
                                + " and id <> connection_id() order by id");
        assertEquals(sessions, found.size(), "sessions: " + found);
        String last = found.get(sessions - 1);
        database.execute(
                server == TestServer.POSTGRESQL ? "select pg_terminate_backend(" + last + ")" : "kill " + last);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void a_network_that_falls_silent_in_a_statement_is_bounded_by_the_timeout(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            long start = System.nanoTime();
            try (TcpForwarder forwarder = TcpForwarder.to(database)) {
                forwarder.answering(TcpForwarder.text("values (32)"), forwarder::stall);
                MigrationException failure = assertThrows(
                        MigrationException.class,
                        () -> migrations(forwarder).with("timeout", "3s").migrate());
                assertTrue(forwarder.hasStruck());
                assertEquals("MIGR-511", failure.failure().explanation().code(), failure.getMessage());
                assertEquals(3, failure.failure().statement().orElseThrow().number());
            }
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 40);
            assertTheNextRunAppliesEachScriptOnce(database, server.name());
        }
    }
}
