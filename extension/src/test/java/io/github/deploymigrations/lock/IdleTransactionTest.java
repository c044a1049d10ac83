package io.github.deploymigrations.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.Migrations;
import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.testing.DelegatingDataSource;
import io.github.deploymigrations.testing.SmallPool;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that ends transactions in which nothing happens, as that of a lock while a script takes long. */
class IdleTransactionTest {

    @Test
    void a_row_stays_locked_on_PostgreSQL_for_as_long_as_a_script_takes(@TempDir Path folder) {
        TestRepository repository =
                new TestRepository(folder).script("1_a.sql", "create table a (id int);\nselect pg_sleep(2);\n");
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            String name = database.query("select current_database()").get(0);
            database.execute("alter database " + name + " set idle_in_transaction_session_timeout = '500ms'");
            Migrations.of(database.dataSource())
                    .with("location", repository.location())
                    .with("lock", "row")
                    .migrate();
            assertEquals(List.of("1"), database.changelog());
        }
    }

    @Test
    void a_row_stays_locked_on_MariaDB_and_the_session_goes_back_as_it_came(@TempDir Path folder) throws Exception {
        TestRepository repository =
                new TestRepository(folder).script("1_a.sql", "create table a (id int);\nselect sleep(4);\n");
        for (String limit : List.of("idle_transaction_timeout", "idle_write_transaction_timeout", "wait_timeout")) {
            try (TestDatabase database = TestServer.MARIADB.fresh();
                    SmallPool pool = new SmallPool(limited(database, limit), 2, Duration.ofSeconds(5))) {
                Migrations.of(pool.dataSource())
                        .with("location", repository.location())
                        .with("lock", "row")
                        .migrate();
                try (Connection one = pool.dataSource().getConnection();
                        Connection other = pool.dataSource().getConnection()) {
                    for (Connection connection : List.of(one, other)) {
                        assertEquals(Optional.of(List.of("1")), Query.row(connection, "select @@" + limit), limit);
                    }
                }
                assertEquals(List.of("1"), database.changelog(), limit);
            }
        }
    }

    /** The server's own value would be that of all tests. */
    private static DataSource limited(TestDatabase database, String limit) {
        return (DelegatingDataSource) () -> {
            Connection connection = database.dataSource().getConnection();
            Query.update(connection, "set session " + limit + " = 1");
            return connection;
        };
    }
}
