package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.ChildProcess;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server in the plain locale reads texts, file names and hooks as any other. */
class PlatformCharsetTest {
    private static final String TEXT = "grün 日本 \uD83D\uDE00";

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void letters_that_US_ASCII_has_not_arrive(TestServer server, @TempDir Path folder) {
        TestRepository repository = new TestRepository(folder)
                .script(
                        "1_" + TEXT + ".sql",
                        "create table a (t varchar(50))" + charset(server) + ";\ninsert into a values ('" + TEXT
                                + "');\n")
                .script("2_b.sql", "insert into a values ('${farbe}');\n")
                .hook("später.sql", "insert into a values ('Haken " + TEXT + "');\n")
                .environment("production", "hook_after_up=SQL:sp\\u00e4ter.sql\nfarbe=gr\\u00fcn\n");
        try (TestDatabase database = server.fresh();
                ChildProcess child = migrating(database, repository)) {
            String ended = child.awaitLine("ended ");
            assertTrue(ended.contains("UP_TO_DATE"), ended);
            assertEquals(
                    List.of("Haken " + TEXT, "grün", TEXT).stream().sorted().toList(),
                    database.query("select t from a").stream().sorted().toList());
            assertEquals(List.of(TEXT, "b"), database.query("select DESCRIPTION from CHANGELOG order by ID"));
            Migrations here = Migrations.of(database.dataSource()).with("location", repository.location());
            assertEquals(MigrationStatus.UP_TO_DATE, here.validate().status());
        }
    }

    /** A path there has no such letters, and a copy of the hook could have no such name. */
    @Test
    void a_hook_in_a_folder_with_such_letters_is_a_problem_of_the_scripts(@TempDir Path folder) {
        TestRepository repository = new TestRepository(folder)
                .table("1", "a")
                .hook("später/one.sql", "select 1;\n")
                .environment("production", "hook_after_up=SQL:sp\\u00e4ter/one.sql\n");
        try (TestDatabase database = TestServer.H2.fresh();
                ChildProcess child = migrating(database, repository)) {
            String ended = child.awaitLine("ended ");
            assertTrue(ended.contains("FAILED by MIGR-200"), ended);
        }
    }

    private static ChildProcess migrating(TestDatabase database, TestRepository repository) {
        return ChildProcess.start(
                List.of("-Dfile.encoding=US-ASCII", "-Dsun.jnu.encoding=ANSI_X3.4-1968"),
                MeasuredProcess.class,
                database.url(),
                database.user(),
                database.password(),
                repository.location());
    }

    private static String charset(TestServer server) {
        return server == TestServer.MARIADB ? " character set utf8mb4" : "";
    }
}
