package io.github.deploymigrations.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.messages.ProblemsFound;
import io.github.deploymigrations.settings.MigrationSettings;
import io.github.deploymigrations.settings.SettingsReader;
import io.github.deploymigrations.testing.TestRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryReaderTest {
    private static final String SQL = "create table a (id int);\n";

    private TestRepository repository;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder);
    }

    private MigrationSettings settings(String... more) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("location", repository.location());
        for (int index = 0; index < more.length; index += 2) {
            settings.put(more[index], more[index + 1]);
        }
        return SettingsReader.ofJava(settings);
    }

    private ScriptRepository read(String... more) {
        return RepositoryReader.read(settings(more), path -> List.of());
    }

    private List<String> problems(String... more) {
        return assertThrows(ProblemsFound.class, () -> read(more)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private String problem(String... more) {
        List<String> problems = problems(more);
        assertEquals(1, problems.size(), problems.toString());
        return problems.get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1_with blanks.sql",
                "1_[brackets].sql",
                "1_umläute_ß.sql",
                "1_decomposed_u\u0308.sql",
                "1_a+b%20c#d.sql",
                "1_two.dots.sql",
                "0001_zeros.sql",
                "12345678901234567890_twenty_digits.sql",
                "1_日本語.sql",
                "1_quote'quote.sql",
                "1_(x)&y=z!.sql"
            })
    void file_names_are_taken_as_they_are_in_a_folder_and_in_a_jar(String name, @TempDir Path jars) throws IOException {
        repository.script(name, SQL);
        assertEquals(name, read().scripts().get(0).file());
        Path jar = jar(jars.resolve("li b+ä.jar"), Map.of("migrations/scripts/" + name, SQL));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            ScriptRepository read = RepositoryReader.read(
                    SettingsReader.ofJava(Map.of()), path -> Collections.list(loader.getResources(path)));
            Script script = read.scripts().get(0);
            assertEquals(name, script.file());
            try (ScriptReader reader = read.open(new Part.Up(script))) {
                char[] text = new char[100];
                assertEquals(SQL, new String(text, 0, reader.read(text)));
            }
        }
    }

    /** One that is too large to be kept is read by a URL of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"1_umläute_ß.sql", "1_decomposed_u\u0308.sql", "1_a+b%20c#d?e;f.sql"})
    void so_are_those_of_large_files_in_a_jar(String name, @TempDir Path jars) throws IOException {
        String text = SQL + "-- ".repeat(20_000) + "\n";
        Path jar = jar(jars.resolve("lib.jar"), Map.of("migrations/scripts/" + name, text));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            ScriptRepository read = RepositoryReader.read(
                    SettingsReader.ofJava(Map.of()), path -> Collections.list(loader.getResources(path)));
            assertEquals(1, read.scripts().get(0).statements());
        }
    }

    private static Path jar(Path jar, Map<String, String> entries) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new ZipEntry("migrations/scripts/"));
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create_table.sql",
                "001.sql",
                "1_.sql",
                "-1_a.sql",
                "1.5_a.sql",
                "1e3_a.sql",
                "123456789012345678901_a.sql",
                "1 a.sql",
                "1_a.SQL",
                "V1__flyway.sql"
            })
    void a_file_that_is_no_script_by_its_name_is_refused_by_name(String name) {
        repository.script("1_ok.sql", SQL).script(name, SQL);
        String problem = problem();
        assertTrue(problem.startsWith("MIGR-202"), problem);
        assertTrue(problem.contains(name), problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"V1__a.sql", "V2.1__a.sql", "V2_1__a.sql", "U1__a.sql", "R__views.sql"})
    void a_script_of_flyway_is_known_as_one(String name) {
        repository.script("1_ok.sql", SQL).script(name, SQL);
        assertTrue(problem().contains("coming-from/flyway.md"));
    }

    @Test
    void other_files_bootstrap_and_folders_are_left_alone() {
        repository
                .script("1_ok.sql", SQL)
                .script("README.md", "x")
                .script("bootstrap.sql", "create broken")
                .script("old/2_a.sql", SQL)
                .script("3_a.sql.orig", SQL);
        assertEquals(1, read().scripts().size());
    }

    @Test
    void two_scripts_with_one_id_are_refused_and_both_named() {
        repository.script("1_a.sql", SQL).script("01_b.sql", SQL);
        String problem = problem();
        assertTrue(
                problem.startsWith("MIGR-203") && problem.contains("1_a.sql") && problem.contains("01_b.sql"), problem);
    }

    @Test
    void all_problems_of_all_files_are_told_at_once() {
        repository
                .script("1_a.sql", "")
                .script("2_b.sql", "-- //@UNDO\ndrop table b;\n")
                .script("3_c.sql", "-- // c\n\ncreate table c (id int)\n-- //@UNDO\ndrop table c;\n")
                .file("scripts/4_d.sql", new byte[] {'-', '-', '\n', 'x', (byte) 0xFC, ';', '\n'})
                .script("e.sql", SQL);
        List<String> problems = problems();
        assertEquals(
                List.of("MIGR-202", "MIGR-204", "MIGR-205", "MIGR-207", "MIGR-208"),
                problems.stream().map(text -> text.substring(0, 8)).sorted().toList(),
                problems.toString());
        assertTrue(problems.stream().anyMatch(text -> text.contains("4_d.sql:2")), problems.toString());
    }

    @Test
    void a_script_with_comments_only_counts_as_one_without_statements() {
        repository.script("1_a.sql", "-- // first\n-- nothing yet\n\n-- //@UNDO\n-- nothing either\n");
        assertEquals(0, read().scripts().get(0).statements());
    }

    @Test
    void statements_are_counted_as_mybatis_splits_them() {
        repository.script(
                "1_a.sql",
                "create table a (id int);\n-- @DELIMITER !!\ncreate x ; y ;\n z !!\ninsert !! rest is cut\n");
        assertEquals(3, read().scripts().get(0).statements());
        repository
                .environment("production", "full_line_delimiter=true\ndelimiter=GO\n")
                .script("1_a.sql", "a;\nb;\nGO\nc\nGO\n");
        assertEquals(2, read().scripts().get(0).statements());
        repository.environment("production", "send_full_script=true\n").script("1_a.sql", "a;\nb\n");
        assertEquals(1, read().scripts().get(0).statements());
        repository.environment("production", "").script("1_a.sql", "a;\n;\n\nb;\n");
        assertEquals(3, read().scripts().get(0).statements(), "an empty one goes to the database, too");
    }

    private String placeOfUnterminated() {
        List<Problem> problems = ScriptRepository.problems(read().scripts());
        assertEquals(
                List.of("MIGR-207"),
                problems.stream().map(problem -> problem.explanation().code()).toList());
        String where = problems.get(0).where();
        return where.substring(where.lastIndexOf('/') + 1);
    }

    @Test
    void a_statement_without_its_end_is_told_where_that_is_missing() {
        repository.script(
                "1_a.sql",
                "create table a (id int);\r\n\r\n-- two\r\ninsert into a\r\nvalues (1)\r\n\r\n-- three\r\n-- //@UNDO\r\ndrop table a;\r\n");
        assertEquals("1_a.sql:5", placeOfUnterminated());
        repository.script("1_a.sql", "insert into a values (1)");
        assertEquals("1_a.sql:1", placeOfUnterminated());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//@UNDO",
                "-- @UNDO",
                "--@undo",
                "-- //@Undo:",
                "-- // // @UNDO",
                "  --- //@UNDO",
                "/* @UNDO */",
                "-- //@ UNDO"
            })
    void a_line_that_mybatis_does_not_take_for_the_undo_mark_is_not_applied_over(String line) {
        repository.script("1_a.sql", "create table a (id int);\n\n" + line + "\ndrop table a;\n");
        assertEquals("MIGR-220 1_a.sql:3", slip());
        repository.environment("production", "send_full_script=true\n");
        assertEquals("MIGR-220 1_a.sql:3", slip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- @UNDO\n-- //@UNDO\ndrop table a;\n",
                "-- @undo\n-- nothing to take back\n",
                "-- @UNDO\ninsert into a values (1);\n-- //@UNDO\ndelete from a;\n"
            })
    void nor_is_it_where_nothing_follows_or_the_mark_itself_does(String end) {
        repository.script("1_a.sql", "create table a (id int);\n" + end);
        assertEquals(List.of(), ScriptRepository.problems(read().scripts()));
        repository.environment("production", "send_full_script=true\n");
        assertEquals(List.of(), ScriptRepository.problems(read().scripts()));
    }

    private String slip() {
        Problem problem = ScriptRepository.problems(read().scripts()).get(0);
        return problem.explanation().code() + problem.where().replaceFirst(".*/", " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- //@UNDO",
                "--//@UNDO;",
                "// //@UNDO drop it",
                "-- is @undo needed?",
                "-- @undo of 3 is not ours",
                "-- undo"
            })
    void what_is_the_undo_mark_or_a_comment_that_speaks_of_it_is_no_mistake(String line) {
        repository.script("1_a.sql", "create table a (id int);\n" + line + "\ninsert into a values (1);\n");
        assertEquals(List.of(), ScriptRepository.problems(read().scripts()));
    }

    @Test
    void onabort_is_read_before_anything_runs_too() {
        repository.script("1_a.sql", SQL).script("onabort.sql", "insert into a values (1)\n");
        assertTrue(problem().startsWith("MIGR-207"));
        repository.file("scripts/onabort.sql", new byte[] {(byte) 0xFC, ';', '\n'});
        assertTrue(problem().startsWith("MIGR-208"));
    }

    @Test
    void descriptions_are_those_of_mybatis() {
        repository.script("20260101_create_an order_table.sql", SQL);
        assertEquals("create an order table", read().scripts().get(0).description());
    }

    @Test
    void configured_without_a_script_is_a_problem_that_says_where_it_looked() {
        String problem = problem();
        assertTrue(
                problem.startsWith("MIGR-201")
                        && problem.contains(repository.folder().toString()),
                problem);
    }

    @Test
    void a_chosen_environment_must_be_among_those_present() {
        repository.script("1_a.sql", SQL).environment("development", "").environment("test", "");
        String problem = problem("environment", "prod");
        assertTrue(problem.startsWith("MIGR-211") && problem.contains("development, test"), problem);
        assertTrue(problem.contains("with(\"environment\""), problem);
    }

    @Test
    void without_a_folder_of_environments_mybatis_defaults_hold() {
        repository.script("1_a.sql", SQL);
        assertEquals("CHANGELOG", read("environment", "whatever").changelog().sql());
        assertEquals(false, read().options().isThrowWarning());
    }

    @Test
    void the_changelog_of_the_settings_ranks_above_that_of_the_environment_and_scripts_see_it() {
        repository.script("1_a.sql", SQL).environment("production", "changelog=app.LOG\n");
        assertEquals("app.LOG", read().changelog().sql());
        assertEquals(
                "\"My Log\"",
                read("changelog", "\"My Log\"").variable("changelog").orElseThrow());
        repository.environment("production", "changelog=x; drop table y\n");
        assertTrue(problem().startsWith("MIGR-213"));
    }

    @Test
    void the_connection_keys_of_an_environment_are_no_variables() {
        repository
                .script("1_a.sql", SQL)
                .environment("production", "password=hunter2\nurl=jdbc:x\nusername=u\ndriver=d\nmine=1\n");
        assertEquals(
                List.of("changelog", "mine"),
                read().variables().stream()
                        .filter(name -> !name.startsWith("h"))
                        .toList());
        assertTrue(read().variable("password").isEmpty());
    }

    @Test
    void a_malformed_environment_is_told() {
        repository.script("1_a.sql", SQL).environment("production", "a=\\u12\n");
        assertTrue(problem().startsWith("MIGR-113"));
        repository.environment("production", "script_char_set=UTF-9\n");
        assertTrue(problem().startsWith("MIGR-212"));
    }

    @Test
    void scripts_are_UTF_8_unless_the_environment_says_otherwise() {
        repository
                .file("scripts/1_a.sql", "insert into a values ('ü');\n".getBytes(StandardCharsets.ISO_8859_1))
                .environment("production", "script_char_set=ISO-8859-1\n");
        assertEquals(1, read().scripts().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-32"})
    void what_is_not_of_the_encoding_is_told_with_its_line_behind_a_genuine_replacement_character(String charset)
            throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write("-- \uFFFD \uD83D\uDE00\n\n".getBytes(Charset.forName(charset)));
        // no character of any of them
        text.write(new byte[] {(byte) 0xDC, (byte) 0xDC, (byte) 0xDC, (byte) 0xDC});
        repository
                .file("scripts/1_a.sql", text.toByteArray())
                .environment("production", "script_char_set=" + charset + "\n");
        String problem = problem();
        assertTrue(problem.startsWith("MIGR-208") && problem.contains("scripts/1_a.sql:3: "), problem);
    }

    @Test
    void a_blank_at_the_end_of_the_changelog_of_an_environment_means_nothing_as_with_the_command_line() {
        repository
                .script("1_create_changelog.sql", "create table ${changelog} (id int);\n")
                .environment("production", "changelog=releases \n");
        assertEquals("releases", read().changelog().sql());
    }

    @Test
    void hooks_are_checked_before_anything_runs() {
        repository
                .script("1_a.sql", SQL)
                .hook("a.js", "print(1)")
                .environment(
                        "production",
                        "hook_before_up=nothing\nhook_after_up=SQL:none.sql\nhook_before_each_up=JavaScript:a.js\n");
        assertEquals(
                List.of("MIGR-215", "MIGR-216", "MIGR-217"),
                problems().stream().map(text -> text.substring(0, 8)).sorted().toList());
    }

    @Test
    void a_character_set_with_a_name_that_no_character_set_may_have_is_told_too() {
        repository
                .script("1_a.sql", SQL)
                .hook("a.sql", SQL)
                .environment("production", "script_char_set=UTF 8\nhook_after_up=SQL:a.sql\n");
        assertTrue(problem().startsWith("MIGR-212"));
    }

    @Test
    void the_text_of_a_hook_is_checked_like_that_of_a_script() {
        repository
                .script("1_a.sql", SQL)
                .hook("views.sql", "create view v as\n  select 1")
                .hook("each.sql", "GO\n")
                .file("hooks/before.sql", new byte[] {'-', '-', (byte) 0xFC, '\n'})
                .hook("nobodys.sql", "select")
                .environment(
                        "production",
                        "hook_after_up=SQL:views.sql\nhook_before_each_up=sql:each.sql\nhook_before_up=SQL:before.sql\n");
        assertEquals(
                List.of("MIGR-207 hooks/views.sql:2", "MIGR-208 hooks/before.sql:1", "MIGR-233 hooks/each.sql:1"),
                problems().stream()
                        .map(text -> text.substring(0, 9)
                                + text.replaceAll("(?s)MIGR-\\d+ [^ ]*?(hooks/[^ ]*:\\d+):.*", "$1"))
                        .sorted()
                        .toList());
        repository.environment(
                "production", "hook_after_up=SQL:views.sql\nhook_before_up=SQL:views.sql\nsend_full_script=true\n");
        assertEquals(1, read().scripts().size(), "what is sent as a whole needs no delimiter");
    }

    @Test
    void several_locations_run_as_one_and_a_clash_is_told(@TempDir Path other) {
        repository.script("1_a.sql", SQL);
        TestRepository second = new TestRepository(other).script("2_b.sql", SQL);
        String both = repository.location() + "," + second.location();
        assertEquals(2, read("location", both).scripts().size());
        second.script("1_c.sql", SQL);
        assertTrue(problem("location", both).startsWith("MIGR-203"));
    }

    /** As with MyBatis' command line; other folders are passed over, and whoever made this one meant something by it. */
    @Test
    void a_folder_that_is_named_like_a_script_is_told() throws IOException {
        repository.script("1_a.sql", SQL);
        Path scripts = Path.of(repository.location().substring("file:".length()), "scripts");
        Files.createDirectory(scripts.resolve("old"));
        assertEquals(1, read().scripts().size());
        Files.createDirectory(scripts.resolve("2_b.sql"));
        assertTrue(problem().contains("2_b.sql:1"), problem());
    }
}
