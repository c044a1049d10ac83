package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.CutDataSource;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A table and the indexes right behind it are in the history by one note. What of them took effect when the process died
 * is proved one by one all the same.
 */
class NotedTogetherTest {
    private static final String TABLE = "create table t (id int, old int);\n";
    private static final String FIRST = "create index t_id on t (id);\n";
    private static final String SECOND = "create index t_old on t (old);\n";
    private static final String ROW = "insert into t (id) values (1);\n";

    @TempDir
    private Path folder;

    private Migrations migrations(DataSource dataSource) {
        return Migrations.of(dataSource)
                .with("location", "file:" + folder)
                .with("connect-timeout", "5s")
                .with("retries", "0");
    }

    private void script(String text) {
        new TestRepository(folder).script("1_t.sql", text);
    }

    /** The process dies when a statement took effect, and before anybody could write that down. */
    private void dieBehind(String statement, TestServer server, TestDatabase database) {
        int call;
        try (TestDatabase rehearsal = server.fresh()) {
            CutDataSource counting = new CutDataSource(rehearsal.dataSource(), 0, false);
            migrations(counting).migrate();
            call = counting.callOf(statement.substring(0, statement.indexOf(';')));
        }
        assertThrows(
                MigrationException.class,
                () -> migrations(new CutDataSource(database.dataSource(), call, true))
                        .migrate());
    }

    private static String drop(String index, TestServer server) {
        return "drop index " + index + (server == TestServer.MARIADB ? " on t" : "");
    }

    private void assertGoesOn(TestDatabase database) {
        migrations(database.dataSource()).migrate();
        assertEquals(List.of("1"), database.query("select id from t"));
    }

    private void assertRefused(String code, String what, TestDatabase database) {
        MigrationException refused = assertThrows(
                MigrationException.class,
                () -> migrations(database.dataSource()).migrate());
        String message = refused.failure().explanation().toString();
        assertTrue(message.startsWith(code) && message.contains(what), message);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void what_took_effect_does_not_run_again(TestServer server) {
        script(TABLE + FIRST + SECOND + ROW);
        try (TestDatabase database = server.fresh()) {
            dieBehind(SECOND, server, database);
            assertGoesOn(database);
            database.execute(drop("t_id", server), drop("t_old", server));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void the_first_that_is_not_there_runs_next_and_may_be_another_now(TestServer server) {
        script(TABLE + FIRST + SECOND + ROW);
        try (TestDatabase database = server.fresh()) {
            dieBehind(FIRST, server, database);
            script(TABLE + FIRST + "create index t_new on t (old);\n" + ROW);
            assertGoesOn(database);
            database.execute(drop("t_id", server), drop("t_new", server));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void the_last_that_took_effect_and_was_edited_is_in_doubt(TestServer server) {
        script(TABLE + FIRST + SECOND + ROW);
        try (TestDatabase database = server.fresh()) {
            dieBehind(SECOND, server, database);
            script(TABLE + FIRST + "create index t_new on t (old);\n" + ROW);
            assertRefused(
                    "MIGR-412", "first 2 of 4 statements are in the database; whether statement 3 took", database);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void one_before_the_last_that_took_effect_must_still_be_the_same(TestServer server) {
        script(TABLE + FIRST + SECOND + ROW);
        try (TestDatabase database = server.fresh()) {
            dieBehind(SECOND, server, database);
            script(TABLE + "create index t_id on t (id, old);\n" + SECOND + ROW);
            assertRefused("MIGR-413", "first 2 statements", database);
            script(TABLE + FIRST + SECOND + ROW);
            assertGoesOn(database);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void one_that_is_gone_before_one_that_is_there_proves_nothing(TestServer server) {
        script(TABLE + FIRST + SECOND + ROW);
        try (TestDatabase database = server.fresh()) {
            dieBehind(SECOND, server, database);
            database.execute(drop("t_id", server));
            assertRefused(
                    "MIGR-412", "first 1 of 4 statements are in the database; whether statement 2 took", database);
            database.execute("create index t_id on t (id)");
            assertGoesOn(database);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void a_table_that_is_gone_is_made_again(TestServer server) {
        script(TABLE + FIRST + SECOND + ROW);
        try (TestDatabase database = server.fresh()) {
            dieBehind(TABLE, server, database);
            database.execute("drop table t");
            assertGoesOn(database);
            database.execute(drop("t_id", server), drop("t_old", server));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void an_index_shows_its_table_whatever_somebody_else_has_added_to_that(TestServer server) {
        script(TABLE + FIRST + SECOND + ROW);
        try (TestDatabase database = server.fresh()) {
            dieBehind(FIRST, server, database);
            database.execute("alter table t add column f int");
            assertGoesOn(database);
            database.execute(drop("t_old", server));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void one_that_fails_runs_next_when_it_is_mended(TestServer server) {
        script(TABLE + FIRST + "create index t_old on t (nothing);\n" + ROW);
        try (TestDatabase database = server.fresh()) {
            assertThrows(
                    MigrationException.class,
                    () -> migrations(database.dataSource()).migrate());
            script(TABLE + FIRST + SECOND + ROW);
            assertGoesOn(database);
            database.execute(drop("t_id", server), drop("t_old", server));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void those_that_the_note_has_no_room_for_are_proved_too(TestServer server) {
        StringBuilder indexes = new StringBuilder();
        for (int index = 1; index <= 6; index++) {
            indexes.append("create index ").append("i".repeat(50)).append(index).append(" on t (id);\n");
        }
        script(TABLE + indexes + SECOND + ROW);
        for (String last : List.of("i".repeat(50) + "3 on t (id);", "i".repeat(50) + "5 on t (id);", SECOND)) {
            try (TestDatabase database = server.fresh()) {
                dieBehind(last, server, database);
                assertGoesOn(database);
                database.execute(drop("t_old", server), drop("i".repeat(50) + "6", server));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TABLE, SECOND, ROW})
    void an_index_that_does_nothing_proves_nothing_of_those_behind_it(String last) {
        script("create table o (id int);\ncreate index t_id on o (id);\n" + TABLE
                + "create index if not exists t_id on t (id);\n" + SECOND + ROW);
        try (TestDatabase database = TestServer.H2.fresh()) {
            dieBehind(last, TestServer.H2, database);
            assertGoesOn(database);
            database.execute("drop index t_old");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TABLE, SECOND, ROW})
    void an_index_that_the_metadata_cannot_be_asked_for_is_noted_by_itself(String last) {
        script(TABLE + "create index `t_id` on t (id);\n" + SECOND + ROW);
        try (TestDatabase database = TestServer.H2.fresh()) {
            dieBehind(last, TestServer.H2, database);
            assertGoesOn(database);
            database.execute("drop index t_old");
        }
    }
}
