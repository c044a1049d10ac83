package io.github.deploymigrations.changelog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.Migrations;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import io.github.deploymigrations.testing.UrlDataSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MariaDB's tables have engines, and not all of them know transactions. */
class TableEngineTest {
    @Test
    void changelog_and_history_know_transactions_where_tables_by_default_do_not(@TempDir Path folder) {
        TestRepository repository =
                new TestRepository(folder).script("1_a.sql", "create table a (id int);\ninsert into a values (1);\n");
        try (TestDatabase database = TestServer.MARIADB.fresh()) {
            String url = database.url() + "&sessionVariables=default_storage_engine=MyISAM";
            Migrations.of(new UrlDataSource(url, database.user(), ""))
                    .with("location", repository.location())
                    .migrate();
            assertEquals(
                    List.of("a|MyISAM", "CHANGELOG|InnoDB", "CHANGELOG_HISTORY|InnoDB"),
                    database.query("select TABLE_NAME, ENGINE from information_schema.TABLES"
                            + " where TABLE_SCHEMA = database() order by lower(TABLE_NAME)"));
        }
    }
}
