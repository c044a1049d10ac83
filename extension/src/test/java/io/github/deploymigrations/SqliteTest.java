package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.DelegatingDataSource;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import io.github.deploymigrations.testing.UrlDataSource;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How SQLite says what the others have states and codes for. */
class SqliteTest {
    private static final String ENDLESS =
            "insert into t with recursive n (i) as (select 1 union all select i + 1 from n)"
                    + " select count(*) from n;\n";

    @TempDir
    private Path folder;

    private Migrations migrations(String url) {
        return Migrations.of(new UrlDataSource(url, "", "")).with("location", "file:" + folder);
    }

    @Test
    void a_database_that_is_only_read_is_refused_with_the_reason() {
        TestRepository repository = new TestRepository(folder).table("1", "t");
        try (TestDatabase database = TestServer.SQLITE.fresh()) {
            migrations(database.url()).migrate();
            repository.table("2", "u");
            MigrationException refused = assertThrows(
                    MigrationException.class,
                    () -> migrations(database.url() + "?open_mode=1").migrate());
            assertTrue(
                    List.of("MIGR-315", "MIGR-517")
                            .contains(refused.failure().explanation().code()),
                    refused.getMessage());
            assertTrue(refused.getMessage().contains("read-only"), refused.getMessage());
            assertEquals(List.of("1"), database.changelog());
        }
    }

    /** Nobody can write there either, but that is not why. */
    @Test
    void a_folder_that_is_gone_is_not_told_as_read_only() throws Exception {
        Path place = Files.createDirectory(folder.resolve("place"));
        TestRepository repository = new TestRepository(folder).table("1", "t");
        String url = "jdbc:sqlite:" + place.resolve("a.db");
        migrations(url).migrate();
        repository.table("2", "u");
        DelegatingDataSource goneWhenConnected = () -> {
            Connection connection = new UrlDataSource(url, "", "").getConnection();
            connection.getMetaData().getTables(null, null, "%", null).close();
            if (!place.toFile().renameTo(folder.resolve("elsewhere").toFile())) {
                throw new SQLException("not renamed");
            }
            return connection;
        };
        MigrationException refused = assertThrows(
                MigrationException.class,
                () -> Migrations.of(goneWhenConnected)
                        .with("location", "file:" + folder)
                        .migrate());
        assertFalse(refused.getMessage().contains("MIGR-315"), refused.getMessage());
        assertFalse(refused.getMessage().contains("null"), refused.getMessage());
    }

    @Test
    void a_statement_that_does_not_end_is_ended_by_the_time_limit() {
        new TestRepository(folder).table("1", "t").script("2_endless.sql", ENDLESS);
        try (TestDatabase database = TestServer.SQLITE.fresh()) {
            MigrationException ended = assertThrows(
                    MigrationException.class,
                    () -> migrations(database.url()).with("timeout", "2s").migrate());
            assertEquals("MIGR-511", ended.failure().explanation().code(), ended.getMessage());
            assertEquals(List.of("1"), database.changelog());
        }
    }

    @Test
    void scripts_are_not_sent_whole_as_only_their_first_statements_would_run() {
        new TestRepository(folder)
                .environment("production", "send_full_script=true\n")
                .script("1_t.sql", "create table t (id int);\ninsert into t values (1);\n");
        try (TestDatabase database = TestServer.SQLITE.fresh()) {
            MigrationException refused = assertThrows(
                    MigrationException.class, () -> migrations(database.url()).migrate());
            assertTrue(refused.getMessage().contains("MIGR-352"), refused.getMessage());
            assertEquals(List.of("0"), database.query("select count(*) from sqlite_master"));
        }
    }

    /** The lock is known to all applications of the JVM by a system property. */
    @Test
    void who_saves_the_system_properties_meets_nothing_but_texts() throws IOException {
        new TestRepository(folder).table("1", "t");
        try (TestDatabase database = TestServer.SQLITE.fresh()) {
            migrations(database.url()).migrate();
            System.getProperties().store(Writer.nullWriter(), "");
        }
    }

    /** The driver waits for three seconds, if {@code busy_timeout} does not say otherwise. */
    @Test
    void while_somebody_else_writes_it_is_waited() throws Exception {
        new TestRepository(folder).table("1", "t");
        try (TestDatabase database = TestServer.SQLITE.fresh();
                Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("create table theirs (id int)");
            other.setAutoCommit(false);
            statement.execute("insert into theirs values (1)");
            Timer timer = new Timer(true);
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            try {
                                other.commit();
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        }
                    },
                    1000);
            assertEquals(
                    MigrationStatus.UP_TO_DATE,
                    migrations(database.url()).migrate().status());
        }
    }
}
