package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deploymigrations.testing.CutDataSource;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.h2.api.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The history cannot be written. The rows of the script that made the changelog's first row are committed as the changelog
 * is made: they run once.
 */
class HistoryRefusedTest {
    private static final String SCRIPT = "create table a (id int);\ninsert into a values (1);\n";

    @TempDir
    private Path folder;

    /** Refuses that a script is told to be done. */
    public static final class NothingIsDone implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
            if (Arrays.asList(after).contains("DONE")) {
                throw new SQLException("refused");
            }
        }
    }

    @Test
    void on_h2_they_run_once_if_the_history_fails_behind_that() {
        runOnce(
                new TestDatabase(),
                "create trigger refusing before update on CHANGELOG_HISTORY for each row call '"
                        + NothingIsDone.class.getName() + "'");
    }

    @Test
    void on_h2_they_run_once_if_the_process_dies_behind_that_and_empty_statements_are_among_them() {
        new TestRepository(folder).script("1_a.sql", "create table a (id int);\n;\n;\ninsert into a values (1);\n");
        int row;
        try (TestDatabase other = new TestDatabase()) {
            CutDataSource whole = new CutDataSource(other.dataSource(), 0, false);
            Migrations.of(whole).with("location", "file:" + folder).migrate();
            row = whole.callOf("create table CHANGELOG (") + 1;
        }
        try (TestDatabase database = new TestDatabase()) {
            Migrations dying = Migrations.of(new CutDataSource(database.dataSource(), row, false))
                    .with("location", "file:" + folder);
            assertThrows(MigrationException.class, dying::migrate);
            Migrations.of(database.dataSource())
                    .with("location", "file:" + folder)
                    .migrate();
            assertEquals(List.of("1"), database.query("select id from a"));
        }
    }

    @Test
    void on_mariadb_they_run_once_if_the_history_fails_behind_that() {
        runOnce(
                TestServer.MARIADB.fresh(),
                "create trigger refusing before update on CHANGELOG_HISTORY for each row"
                        + " set new.OUTCOME = if(new.OUTCOME = 'DONE', null, new.OUTCOME)");
    }

    @Test
    void on_h2_rows_alone_run_once_however_often_it_fails() {
        rowsRunOnce(
                new TestDatabase(),
                "create trigger refusing before insert, update on CHANGELOG_HISTORY for each row call '"
                        + NothingIsDone.class.getName() + "'");
    }

    @Test
    void on_mariadb_rows_alone_run_once_however_often_it_fails() {
        String refusing =
                " on CHANGELOG_HISTORY for each row set new.OUTCOME = if(new.OUTCOME = 'DONE', null, new.OUTCOME)";
        rowsRunOnce(
                TestServer.MARIADB.fresh(),
                "create trigger refusing before update" + refusing,
                "create trigger refusing_too before insert" + refusing);
    }

    @Test
    void a_script_that_goes_on_is_not_begun_without_what_is_done_of_it() {
        String begin = "create table a (id int);\ninsert into a values (1);\ncreate table b (id int);\n";
        try (TestDatabase database = TestServer.MARIADB.fresh()) {
            Migrations migrations = Migrations.of(database.dataSource()).with("location", "file:" + folder);
            new TestRepository(folder).script("1_a.sql", begin + "insert into nowhere values (1);\n");
            assertThrows(MigrationException.class, migrations::migrate);
            database.execute("create trigger refusing before update on CHANGELOG_HISTORY for each row"
                    + " set new.OUTCOME = null");
            assertThrows(MigrationException.class, migrations::migrate);
            database.execute("drop trigger refusing");
            new TestRepository(folder).script("1_a.sql", begin + "insert into b values (2);\n");
            migrations.migrate();
            assertEquals(List.of("1"), database.query("select id from a"));
            assertEquals(List.of("2"), database.query("select id from b"));
        }
    }

    private void rowsRunOnce(TestDatabase fresh, String... triggers) {
        try (TestDatabase database = fresh) {
            Migrations migrations = Migrations.of(database.dataSource()).with("location", "file:" + folder);
            new TestRepository(folder).script("1_a.sql", "insert into nowhere values (1);\n");
            assertThrows(MigrationException.class, migrations::migrate);
            database.execute("create table a (id int)");
            database.execute(triggers);
            new TestRepository(folder).script("1_a.sql", "insert into a values (1);\n");
            for (int attempt = 1; attempt <= 3; attempt++) {
                assertThrows(MigrationException.class, migrations::migrate);
            }
            database.execute("drop trigger refusing");
            if (triggers.length > 1) {
                database.execute("drop trigger refusing_too");
            }
            migrations.migrate();
            assertEquals(List.of("1"), database.query("select id from a"));
        }
    }

    private void runOnce(TestDatabase fresh, String trigger) {
        try (TestDatabase database = fresh) {
            Migrations migrations = Migrations.of(database.dataSource()).with("location", "file:" + folder);
            new TestRepository(folder).script("1_a.sql", trigger + ";\n" + SCRIPT);
            assertThrows(MigrationException.class, migrations::migrate);
            database.execute("drop trigger refusing");
            migrations.migrate();
            assertEquals(List.of("1"), database.query("select id from a"));
        }
    }
}
