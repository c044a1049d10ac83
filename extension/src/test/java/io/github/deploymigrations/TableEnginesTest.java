package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deploymigrations.testing.SharedConnection;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import io.github.deploymigrations.testing.UrlDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MariaDB's tables have engines, and not all of them know transactions. */
class TableEnginesTest {
    @TempDir
    private Path folder;

    @Test
    void rows_of_a_table_in_memory_that_the_script_before_made_for_the_session_are_not_taken_back()
            throws SQLException {
        assertEquals(
                List.of("1"), doneOfRowsBehind(TestServer.MARIADB, "create temporary table a (id int) engine=memory"));
    }

    @Test
    void a_column_called_engine_of_a_temporary_table_says_nothing_where_tables_have_no_engines() throws SQLException {
        assertEquals(
                List.of("0"),
                doneOfRowsBehind(TestServer.H2, "create local temporary table a (id int, engine varchar(9))"));
    }

    /** How many statements of a script that fails at its second are done for sure, in the session of the script before. */
    private List<String> doneOfRowsBehind(TestServer server, String definition) throws SQLException {
        TestRepository repository = new TestRepository(folder)
                .script("1_a.sql", definition + ";\n")
                .script("2_b.sql", "insert into a (id) values (1);\ninsert into nowhere values (1);\n");
        try (TestDatabase database = server.fresh();
                Connection connection = database.dataSource().getConnection()) {
            Migrations migrations = Migrations.of(new SharedConnection(connection, database.dataSource()))
                    .with("location", repository.location());
            assertThrows(MigrationException.class, migrations::migrate);
            return database.query("select DONE from CHANGELOG_HISTORY where REVISION = 2");
        }
    }

    @Test
    void the_tables_of_ours_know_transactions_where_tables_by_default_do_not() {
        TestRepository repository =
                new TestRepository(folder).script("1_a.sql", "create table a (id int);\ninsert into a values (1);\n");
        try (TestDatabase database = TestServer.MARIADB.fresh()) {
            String url = database.url() + "&sessionVariables=default_storage_engine=MyISAM";
            Migrations.of(new UrlDataSource(url, database.user(), ""))
                    .with("location", repository.location())
                    .with("lock", "row")
                    .migrate();
            assertEquals(
                    List.of("a|MyISAM", "CHANGELOG|InnoDB", "CHANGELOG_HISTORY|InnoDB", "CHANGELOG_LOCK|InnoDB"),
                    database.query("select TABLE_NAME, ENGINE from information_schema.TABLES"
                            + " where TABLE_SCHEMA = database() order by lower(TABLE_NAME)"));
        }
    }
}
