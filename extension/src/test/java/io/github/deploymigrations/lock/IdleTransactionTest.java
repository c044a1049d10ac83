package io.github.deploymigrations.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.Migrations;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
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
}
