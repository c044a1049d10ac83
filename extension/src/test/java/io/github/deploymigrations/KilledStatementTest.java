package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.testing.ChildProcess;
import io.github.deploymigrations.testing.SharedConnection;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while the database works for it, on a statement that would take far longer than anybody waits. */
class KilledStatementTest {
    private static final String INTERVAL = "select current_setting('client_connection_check_interval')";

    @TempDir
    private Path folder;

    private String location;

    @BeforeEach
    void scripts() {
        location = new TestRepository(folder)
                .script("1_item.sql", "create table item (id int);\ninsert into item values (1);\n")
                .script(
                        "2_long.sql",
                        "insert into item values (2);\nselect pg_sleep(seconds) from pace;\nalter table item add price int;\n")
                .script("3_rest.sql", "insert into item values (3);\n")
                .location();
    }

    @Test
    void the_next_one_need_not_wait_for_the_end_of_that_statement() throws Exception {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            assertThatTheNextOneGoesOn(database);
        }
    }

    /** It has no session that could be told; without this the next one waits for what the killed one has locked. */
    @Test
    void so_it_is_behind_a_pooler_where_the_database_is_told_to_watch_its_clients() throws Exception {
        try (TestDatabase elsewhere = TestServer.POSTGRESQL.fresh();
                TestDatabase database = TestServer.PGBOUNCER.fresh()) {
            // from elsewhere, and before the pooler has a session of this database that would not know of it
            String name = database.url().replaceFirst(".*/([a-z0-9]+)(\\?.*)?", "$1");
            elsewhere.execute("alter database " + name + " set client_connection_check_interval = 2000");
            assertThatTheNextOneGoesOn(database);
        }
    }

    private void assertThatTheNextOneGoesOn(TestDatabase database) throws Exception {
        database.execute("create table pace (seconds int)");
        database.execute("insert into pace values (600)");
        Path go = Files.createFile(folder.resolve("go"));
        try (ChildProcess child = ChildProcess.start(
                RunningProcess.class,
                database.url(),
                database.user(),
                database.password(),
                location,
                go.toString(),
                "0",
                "true")) {
            child.awaitLine("ready");
            awaitStatement(database);
        }
        database.execute("update pace set seconds = 0");
        MigrationReport report = Migrations.of(database.dataSource())
                .with("location", location)
                .with("lock-timeout", "20s")
                .migrate();
        assertEquals(MigrationStatus.UP_TO_DATE, report.status());
        assertEquals("1 2 3", String.join(" ", database.query("select id from item order by id")));
        assertEquals("1 2 3", String.join(" ", database.changelog()));
    }

    @Test
    void what_the_session_says_of_that_is_as_before_when_it_is_given_back() throws SQLException {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh();
                Connection pooled = database.dataSource().getConnection()) {
            database.execute("create table pace (seconds int)");
            try (var statement = pooled.createStatement()) {
                Migrations.of(new SharedConnection(pooled, database.dataSource()))
                        .with("location", location)
                        .migrate();
                try (var row = statement.executeQuery(INTERVAL)) {
                    row.next();
                    assertEquals("0", row.getString(1));
                }
            }
        }
    }

    private static void awaitStatement(TestDatabase database) throws InterruptedException {
        String running = "select count(*) from pg_stat_activity where state = 'active'"
                + " and query like 'select pg_sleep(seconds)%' and datname = current_database()";
        Instant end = Instant.now().plusSeconds(30);
        while (!database.query(running).get(0).equals("1") && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
    }
}
