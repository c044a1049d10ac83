package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a hook in SQL, and what its setting says, goes to the database as the command line would send it. */
class HookTextTest {
    private final TestDatabase database = new TestDatabase();
    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Migrations migrations() {
        return Migrations.of(database.dataSource()).with("location", repository.location());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1"})
    void a_hook_is_read_in_the_character_set_of_the_scripts(String charset) {
        repository
                .environment("production", "script_char_set=" + charset + "\nhook_after_up=SQL:after.sql\n")
                .file("scripts/1_a.sql", "create table a (name varchar(9));\n".getBytes(Charset.forName(charset)))
                .file(
                        "hooks/after.sql",
                        "-- behind it\ninsert into a values ('é');\n".getBytes(Charset.forName(charset)));
        migrations().migrate();
        assertEquals(List.of("é"), database.query("select name from a"));
    }

    @Test
    void a_hook_has_the_delimiter_of_the_environment_whatever_letter_that_is() {
        repository
                .environment("production", "delimiter=\\u00a7\nhook_after_up=SQL:after.sql\n")
                .script("1_a.sql", "create table a (name varchar(9))§\n")
                .hook("after.sql", "insert into a values ('x;')§\n");
        migrations().migrate();
        assertEquals(List.of("x;"), database.query("select name from a"));
    }

    @Test
    void a_hook_has_it_behind_a_script_with_another_whatever_its_file_is_called() {
        repository
                .environment("production", "hook_after_up=SQL:after.txt\n")
                .script("1_a.sql", "set @unread = 1;\n-- @DELIMITER $$\ncreate table a (name varchar(9))$$\n")
                .hook("after.txt", "insert into a values ('x');\n");
        migrations().migrate();
        assertEquals(List.of("x"), database.query("select name from a"));
    }

    /** MyBatis puts the options of a hook in SQL among the variables. */
    @Test
    void its_options_are_variables_of_the_hook_and_of_the_scripts_as_with_the_command_line() {
        repository
                .environment("production", "hook_before_up=SQL:before.sql:suffix=x:end=;\n")
                .script("1_a.sql", "create table a_${suffix} (id int);\n")
                .hook("before.sql", "create table before_${suffix} (id int)${end}\n");
        migrations().migrate();
        assertEquals(List.of("0"), database.query("select count(*) from a_x, before_x"));
    }

    @Test
    void so_are_those_of_a_hook_around_an_undo() {
        repository
                .environment("production", "hook_before_down=SQL:before.sql:end=;\n")
                .script("1_a.sql", "create table a (id int);\n-- //@UNDO\ndrop table a;\n")
                .hook("before.sql", "create table before_it (id int)${end}\n");
        migrations().migrate();
        migrations().undo(1);
        assertEquals(List.of("0"), database.query("select count(*) from before_it"));
    }

    /** MyBatis asks for its name before it makes the hooks; scripts are read behind that (3.5.0). */
    @Test
    void an_option_called_changelog_is_a_variable_of_scripts_and_does_not_rename_the_changelog() {
        repository
                .environment("production", "changelog=RELEASES\nhook_before_up=SQL:before.sql:changelog=OTHER\n")
                .script("1_a.sql", "create table a (name varchar(20));\ninsert into a values ('${changelog}');\n")
                .hook("before.sql", "create table before_it (id int);\n");
        migrations().migrate();
        assertEquals(List.of("OTHER"), database.query("select name from a"));
        assertEquals(List.of("1"), database.query("select ID from RELEASES"));
        assertEquals(
                List.of("0"),
                database.query("select count(*) from information_schema.tables where table_name like 'OTHER%'"));
    }

    @Test
    void nor_does_that_of_a_hook_around_an_undo_whatever_it_is() {
        repository
                .environment("production", "hook_before_down=SQL:before.sql:changelog=no name\n")
                .script("1_a.sql", "create table a (id int);\n-- //@UNDO\ndrop table a;\n")
                .hook("before.sql", "create table before_it (id int);\n");
        migrations().migrate();
        migrations().undo(1);
        assertEquals(List.of("0"), database.query("select count(*) from CHANGELOG"));
    }

    @Test
    void a_hook_may_lie_in_a_folder_of_its_own_as_with_the_command_line() {
        repository
                .environment("production", """
                        hook_before_up=SQL:before/one.sql
                        hook_after_up=SQL:after/up/one.sql:name=x
                        hook_before_down=SQL:./one.sql
                        """)
                .script("1_a.sql", "create table a (name varchar(20));\n-- //@UNDO\ndrop table a;\n")
                .hook("before/one.sql", "create table before_it (id int);\n")
                .hook("after/up/one.sql", "insert into a values ('${name}');\n")
                .hook("one.sql", "create table down (id int);\n");
        migrations().migrate();
        assertEquals(List.of("x"), database.query("select name from a"));
        assertEquals(List.of("0"), database.query("select count(*) from before_it"));
        migrations().undo(1);
        assertEquals(List.of("0"), database.query("select count(*) from down"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../scripts/1_a.sql", "sub/../../scripts/1_a.sql", "none/one.sql", "sub"})
    void a_hook_outside_of_the_folder_is_not_there(String file) {
        repository
                .environment("production", "hook_before_up=SQL:" + file + "\n")
                .script("1_a.sql", "create table a (id int);\n")
                .hook("sub/one.sql", "select 1;\n");
        MigrationException thrown =
                assertThrows(MigrationException.class, () -> migrations().migrate());
        assertTrue(thrown.getMessage().contains("MIGR-216"), thrown.getMessage());
    }

    @Test
    void an_option_is_not_told_where_the_hook_fails() {
        repository
                .environment("production", "hook_before_up=SQL:before.sql:password=hunter2\n")
                .script("1_a.sql", "create table a (id int);\n")
                .hook("before.sql", "select cast('${password}' as int);\n");
        MigrationException thrown =
                assertThrows(MigrationException.class, () -> migrations().migrate());
        assertTrue(thrown.getMessage().contains("hook_before_up (SQL:before.sql) failed"), thrown.getMessage());
        assertFalse(thrown.getMessage().contains("hunter2"), thrown.getMessage());
    }
}
