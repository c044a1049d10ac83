package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.testing.SharedConnection;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each start of each node asks a database that is up to date, by its own count. */
class UpToDateStartTest {
    @TempDir
    private Path folder;

    @Test
    void MariaDB_is_asked_for_the_changelog_and_the_history_and_nothing_else() throws SQLException {
        TestRepository repository = new TestRepository(folder).script("1_a.sql", "create table t (a int);\n");
        try (TestDatabase database = TestServer.MARIADB.fresh();
                Connection connection = database.dataSource().getConnection()) {
            migrate(database, connection, repository);
            long before = questions(connection);
            migrate(database, connection, repository);
            long itself = 1;
            assertEquals(2, questions(connection) - before - itself);
        }
    }

    private static void migrate(TestDatabase database, Connection connection, TestRepository repository) {
        Migrations.of(new SharedConnection(connection, database.dataSource()))
                .with("location", repository.location())
                .migrate();
    }

    private static long questions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show session status like 'Questions'")) {
            row.next();
            return row.getLong(2);
        }
    }
}
