package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL tells the position of an error within a statement: the failure names that line of the file. */
class ErrorLineTest {
    private final TestDatabase database = TestServer.POSTGRESQL.fresh();
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private int line(String script) {
        repository.script("1_a.sql", script);
        MigrationException thrown = assertThrows(
                MigrationException.class,
                () -> Migrations.of(database.dataSource())
                        .with("location", repository.location())
                        .with("variable.two", "1,\n2")
                        .with("variable.one", "umläut \uD83D\uDE00")
                        .migrate());
        return thrown.failure().statement().orElseThrow().line();
    }

    @Test
    void the_line_of_the_error_is_named_and_not_that_of_the_statement() {
        assertEquals(5, line("-- // a\ncreate table a (\n  id int,\n  b int,\n  c itn\n);\n"));
        assertEquals(3, line("-- // a\n\nselect 1 frm x y;\n"));
    }

    @Test
    void comments_and_blank_lines_in_the_statement_count_although_they_are_not_sent() {
        assertEquals(7, line("create table a (\n  -- the id\n  id int,\n\n  // and\n  b int,\n  c itn\n);\n"));
        assertEquals(7, line("\r\ncreate table a (\r\n  -- the id\r\n  id int,\r\n\r\n  b int,\r\n  c itn\r\n);\r\n"));
    }

    @Test
    void variables_of_one_line_do_not_disturb_and_those_of_several_leave_the_first_line() {
        assertEquals(3, line("select '${one}',\n '${one}',\n nothing;\n"));
        assertEquals(1, line("select ${two},\n nothing;\n"));
        assertEquals(2, line("select\n nothing,\n ${two};\n"));
    }

    @Test
    void so_it_is_in_a_script_that_is_sent_whole_or_has_a_delimiter_on_a_line_of_its_own() {
        repository.environment("production", "send_full_script=true\n");
        assertEquals(6, line("-- // a\n-- more\n\ncreate table b (\n -- the id\n  id itn\n);\n"));
        assertEquals(4, line("-- // a\n-- more\n\ncreate table a (id int);\n\ncreate table b (\n  id itn\n);\n"));
        repository.environment("production", "full_line_delimiter=true\ndelimiter=GO\n");
        assertEquals(4, line("-- // a\ncreate table b (\n  -- c\n  id itn\n)\nGO\n"));
    }

    @Test
    void semicolons_in_the_body_of_a_function_do_not_disturb() {
        assertEquals(
                5,
                line("-- @DELIMITER !\ncreate function f() returns int as $$\nbegin\n  perform 1;\n  retrun 1;\nend"
                        + " $$ language plpgsql!\n"));
    }

    @Test
    void an_error_without_a_position_is_on_the_line_where_the_statement_begins() {
        assertEquals(2, line("create table a (id int primary key);\ninsert into a\n values (1), (1);\n"));
    }
}
