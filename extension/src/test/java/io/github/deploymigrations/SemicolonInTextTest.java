package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text with a semicolon in it does not make several statements of the one that writes it. */
class SemicolonInTextTest {
    @TempDir
    private Path folder;

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource())
                .with("location", "file:" + folder)
                .with("retries", "0");
    }

    @ParameterizedTest
    @CsvSource({
        "H2, 'a;b'",
        "HSQLDB, 'a;b'",
        "MARIADB, 'a;b'",
        "MARIADB, 'it''''s; so'",
        "MARIADB, '\"; /* --'",
        "MARIADB, 'c:\\new; c:\\old'"
    })
    void a_script_that_only_changes_rows_is_one_transaction_with_it(TestServer server, String text) {
        try (TestDatabase database = server.fresh()) {
            database.execute("create table a (t varchar(20))");
            TestRepository repository = new TestRepository(folder).table("1", "b");
            migrations(database).migrate();
            String insert = "insert into a values ('" + text + "');\n";
            repository.script("2_a.sql", insert + "insert into nowhere values (2);\n");
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> migrations(database).migrate());
            assertTrue(thrown.getMessage().contains("Nothing of the script is left"), thrown.getMessage());
            repository.script("2_a.sql", "insert into a values ('first');\n" + insert);
            migrations(database).migrate();
            assertEquals(List.of("2"), database.query("select count(*) from a"));
        }
    }

    @ParameterizedTest
    @CsvSource({"H2", "MARIADB"})
    void a_definition_with_it_is_proved_like_any_other(TestServer server) {
        String begin = "create table a (t varchar(9) default 'a;b');\ninsert into a (t) values ('c;d');\n";
        try (TestDatabase database = server.fresh()) {
            TestRepository repository =
                    new TestRepository(folder).script("1_a.sql", begin + "insert into nowhere values (2);\n");
            assertThrows(MigrationException.class, () -> migrations(database).migrate());
            repository.script("1_a.sql", begin + "insert into a values ('e;f');\n");
            migrations(database).migrate();
            assertEquals(List.of("c;d", "e;f"), database.query("select t from a order by t"));
        }
    }
}
