package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.DelegatingDataSource;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All statements of a script ran, and its row is refused: nobody is asked about a statement that is not there. */
class NotRecordedTest {
    private static final String TABLE = "create table a (id int);\n";

    @TempDir
    private Path folder;

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource())
                .with("location", "file:" + folder)
                .with("retries", "0");
    }

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, '-- @NO_TRANSACTION\ninsert into a values (1); insert into a values (2);\n'",
        "POSTGRESQL, '-- @NO_TRANSACTION\ninsert into a values (1);\ninsert into a values (2);\n'",
        "MARIADB, '-- @NO_TRANSACTION\ninsert into m values (1);\ninsert into a values (1);\ninsert into a values (2);\n'",
        "MARIADB, 'insert into a values (1);\ninsert into a values (2);\nalter table a add column n int;\n'",
        "HSQLDB, 'insert into a values (1);\ninsert into a values (2);\nalter table a add column n int;\n'"
    })
    void the_next_run_records_it(TestServer server, String script) {
        try (TestDatabase database = server.fresh()) {
            TestRepository repository = new TestRepository(folder).script("1_a.sql", TABLE);
            migrations(database).migrate();
            if (server == TestServer.MARIADB) {
                database.execute("create table m (id int) engine=MyISAM");
            }
            database.execute("alter table CHANGELOG add constraint first_only check (ID < 2)");
            repository.script("2_b.sql", script);
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> migrations(database).migrate());
            assertEquals("MIGR-502", thrown.failure().explanation().code());
            assertTrue(thrown.getMessage().contains("All its statements are in the database"), thrown.getMessage());
            database.execute("alter table CHANGELOG drop constraint first_only");
            migrations(database).migrate();
            assertEquals(List.of("1", "2"), database.query("select id from a order by id"));
            assertEquals(List.of("1", "2"), database.changelog());
        }
    }

    @Test
    void what_may_be_left_is_told_of_the_statement_that_may_have_left_it() {
        try (TestDatabase database = new TestDatabase()) {
            new TestRepository(folder)
                    .script(
                            "1_a.sql",
                            TABLE + "checkpoint;\ninsert into a values (1);\ninsert into nowhere values (1);\n");
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> migrations(database).migrate());
            assertTrue(thrown.getMessage().contains("from statement 2 on"), thrown.getMessage());
        }
    }

    @Test
    void what_fails_behind_the_last_statement_came_before_none() {
        try (TestDatabase database = new TestDatabase()) {
            new TestRepository(folder).script("1_a.sql", TABLE);
            DelegatingDataSource refusing =
                    () -> refusingToClose(TABLE, database.dataSource().getConnection());
            MigrationException thrown = assertThrows(
                    MigrationException.class,
                    () -> Migrations.of(refusing)
                            .with("location", "file:" + folder)
                            .migrate());
            assertEquals("MIGR-502", thrown.failure().explanation().code(), thrown.getMessage());
        }
    }

    /** A real connection; what executed this is closed, and says that it was not. */
    private static Connection refusingToClose(String executed, Connection real) {
        return proxy(Connection.class, real, (method, result, arguments) -> {
            if (!method.equals("createStatement")) {
                return result;
            }
            boolean[] met = new boolean[1];
            return proxy(Statement.class, result, (call, answer, sql) -> {
                met[0] |= call.equals("execute")
                        && executed.strip().equals(String.valueOf(sql[0]).strip() + ";");
                if (met[0] && call.equals("close")) {
                    throw new SQLException("not closed");
                }
                return answer;
            });
        });
    }

    /** What becomes of the answer to a call. */
    @FunctionalInterface
    private interface Answer {
        Object to(String method, Object result, Object[] arguments) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Object real, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                NotRecordedTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return answer.to(method.getName(), method.invoke(real, arguments), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Test
    void a_script_that_needs_its_session_and_failed_at_once_runs_again() {
        try (TestDatabase database = TestServer.MARIADB.fresh()) {
            String rest = "set @x = 5;\ninsert into a values (@x);\n";
            TestRepository repository = new TestRepository(folder).script("1_a.sql", TABLE);
            migrations(database).migrate();
            repository.script("2_b.sql", TABLE + rest);
            assertThrows(MigrationException.class, () -> migrations(database).migrate());
            repository.script("2_b.sql", "create table b (id int);\n" + rest);
            migrations(database).migrate();
            assertEquals(List.of("5"), database.query("select id from a"));
        }
    }

    @Test
    void nobody_is_told_that_a_script_goes_on_that_needs_its_session() {
        try (TestDatabase database = TestServer.MARIADB.fresh()) {
            new TestRepository(folder).script("1_a.sql", TABLE + "set @x = 5;\ninsert into nowhere values (@x);\n");
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> migrations(database).migrate());
            assertFalse(thrown.getMessage().contains("goes on"), thrown.getMessage());
            assertTrue(thrown.getMessage().contains("resolve=<id>"), thrown.getMessage());
        }
    }
}
