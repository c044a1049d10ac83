package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A statement with nothing in it does nothing: of a script that fails behind it everybody knows what it left. */
class EmptyStatementTest {
    @TempDir
    private Path folder;

    private Migrations migrations(TestDatabase database) {
        return Migrations.of(database.dataSource())
                .with("location", "file:" + folder)
                .with("retries", "0");
    }

    /** Without a comment in it MariaDB (11.4) takes it or refuses it by what the session did before. */
    @ParameterizedTest
    @CsvSource({
        "H2, ''",
        "H2, /* nothing yet */",
        "H2, '/* two */ /* of them */'",
        "H2, /* with a ; in it */",
        "MARIADB, /* nothing yet */",
        "MARIADB, '# nothing yet\n'"
    })
    void what_fails_behind_it_goes_on_there_when_it_is_mended(TestServer server, String nothing) {
        goesOn(server, nothing + ";\ninsert into nowhere values (2);\n", nothing + ";\n");
    }

    /** To HSQLDB it is a mistake. */
    @ParameterizedTest
    @CsvSource({"HSQLDB, ''", "HSQLDB, /* nothing yet */"})
    void what_fails_of_it_goes_on_there_when_it_is_mended(TestServer server, String nothing) {
        goesOn(server, nothing + ";\n", "");
    }

    private void goesOn(TestServer server, String failing, String mended) {
        String begin = "create table a (id int);\ninsert into a values (1);\n";
        try (TestDatabase database = server.fresh()) {
            new TestRepository(folder).script("1_a.sql", begin + failing);
            MigrationException thrown = assertThrows(
                    MigrationException.class, () -> migrations(database).migrate());
            assertFalse(thrown.getMessage().contains("resolve="), thrown.getMessage());
            new TestRepository(folder).script("1_a.sql", begin + mended + "insert into a values (2);\n");
            migrations(database).migrate();
            assertEquals(List.of("1", "2"), database.query("select id from a order by id"));
        }
    }
}
