package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.ChildProcess;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Scripts, lines and statements of many megabytes, in a JVM of its own with a heap that does not hold them.
 *
 * <p>{@code -Dbig.megabytes=500} makes the script as long, in a heap of 128 MB; that takes minutes.
 */
class BigScriptTest {
    private static final int MEGABYTES = Integer.getInteger("big.megabytes", 50);
    private static final String HEAP = MEGABYTES > 100 ? "-Xmx128m" : "-Xmx32m";
    private static final int ROW = 1024;

    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder);
    }

    private String migrate(TestDatabase database, String heap) {
        try (ChildProcess child = ChildProcess.start(
                List.of(heap),
                MeasuredProcess.class,
                database.url(),
                database.user(),
                database.password(),
                repository.location())) {
            String line = child.awaitLine("ended ");
            System.out.println(heap + " " + line.substring(0, Math.min(line.length(), 200)));
            return line;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2_FILE", "MARIADB"})
    void a_script_that_is_larger_than_the_heap_runs_through_it(TestServer server) throws IOException {
        repository.script("1_a.sql", "create table a (id int primary key, t varchar(2000));\n");
        int rows = MEGABYTES * 1024 * 1024 / ROW;
        try (BufferedWriter script = Files.newBufferedWriter(repository.folder().resolve("scripts/2_rows.sql"))) {
            for (int row = 1; row <= rows; row++) {
                String begin = "insert into a values (" + row + ", '";
                script.write(begin + "x".repeat(ROW - begin.length() - 4) + "');\n");
            }
            script.write("-- //@UNDO\ndelete from a;\n");
        }
        try (TestDatabase database = server.fresh()) {
            String ended = migrate(database, HEAP);
            assertTrue(ended.contains("UP_TO_DATE"), ended);
            assertEquals(List.of(rows + "|" + rows), database.query("select count(*), max(id) from a"));
            ended = migrate(database, HEAP);
            assertTrue(ended.contains("UP_TO_DATE"), ended);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2", "MARIADB"})
    void a_line_of_ten_megabytes_is_read_in_seconds(TestServer server) {
        repository.script(
                "1_a.sql",
                "create table a (id int);\ninsert into a values (1)" + ", (1)".repeat(2 * 1024 * 1024) + ";\n");
        try (TestDatabase database = server.fresh()) {
            String ended = migrate(database, "-Xmx1g");
            assertTrue(ended.contains("UP_TO_DATE") || ended.contains("max_allowed_packet"), ended);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2", "MARIADB"})
    void a_statement_of_five_megabytes_runs_and_its_failure_is_told_in_a_page(TestServer server) {
        String rows = ",\n ('it''s one of many')".repeat(5 * 1024 * 1024 / 24);
        repository.script("1_a.sql", "create table a (t varchar(50));\ninsert into a values ('1')" + rows + ";\n");
        try (TestDatabase database = server.fresh()) {
            assertTrue(migrate(database, "-Xmx256m").contains("UP_TO_DATE"));
            repository.script("2_b.sql", "insert into a values ('1')" + rows + ",\n (nothing);\n");
            String unknown = migrate(database, "-Xmx256m");
            assertTrue(unknown.contains("MIGR-501"), unknown);
            assertTrue(length(unknown) < 30_000, unknown);
            repository.script("2_b.sql", "insert into a valus ('1')" + rows + ";\n");
            String wrong = migrate(database, "-Xmx256m");
            assertTrue(wrong.contains("MIGR-501"), wrong);
            assertTrue(length(wrong) < 30_000, wrong);
        }
    }

    private static int length(String ended) {
        return Integer.parseInt(ended.replaceAll(".* with (\\d+) characters.*", "$1"));
    }
}
