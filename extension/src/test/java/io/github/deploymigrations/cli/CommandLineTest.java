package io.github.deploymigrations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.Migrations;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final String SCRIPTS = "WEB-INF/classes/migrations/scripts/";
    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0">
              <migrations xmlns="urn:mybatis-migrations:1.0" name="orders">
                <property name="variable.owner" value="anna"/>
              </migrations>
            </beans>
            """;

    @TempDir
    Path folder;

    private TestRepository repository;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    @BeforeEach
    void repository() {
        repository = new TestRepository(folder.resolve("db"));
    }

    private int run(String... words) {
        return run(Map.of(), words);
    }

    private int run(Map<String, String> variables, String... words) {
        printed.reset();
        complained.reset();
        try (PrintStream output = new PrintStream(printed, true, StandardCharsets.UTF_8);
                PrintStream complaints = new PrintStream(complained, true, StandardCharsets.UTF_8)) {
            return new CommandLine(output, complaints, variables).run(words);
        }
    }

    private String db() {
        return repository.folder().toString();
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private String complaints() {
        return complained.toString(StandardCharsets.UTF_8);
    }

    private void assertPrints(String... beginnings) {
        List<String> lines = output().lines().toList();
        assertEquals(beginnings.length, lines.size(), this::output);
        for (int index = 0; index < beginnings.length; index++) {
            assertTrue(lines.get(index).startsWith(beginnings[index]), this::output);
        }
    }

    @Test
    void a_repository_in_order_is_fine() {
        repository.table("1", "a");
        assertEquals(0, run("validate", db()));
        assertPrints();
        assertEquals(0, run("validate", db() + "/../db"));
        assertPrints();
    }

    @Test
    void every_error_is_a_line_with_its_file_and_line_and_id() {
        repository
                .script("1_a.sql", "create table a (id int)\n")
                .script("2_b.sql", "create table b (id int);\n")
                .script("02_c.sql", "create table c (id int);\n")
                .script("wrong.sql", "create table d (id int);\n");
        assertEquals(1, run("validate", db()));
        assertTrue(output().contains("db/scripts/1_a.sql:1: error MIGR-207 "), this::output);
        assertTrue(output().contains("scripts/2_b.sql:1: error MIGR-203 "), this::output);
        assertTrue(output().contains("db/scripts/wrong.sql:1: error MIGR-202 "), this::output);
    }

    @Test
    void what_is_likely_to_be_a_mistake_is_a_warning() {
        repository
                .script(
                        "1_a.sql",
                        "create table a (id int);\n\ninsert into a\n  values (${unknown});\n-- //@UNDO\ndrop table a;\n")
                .script("2_b.sql", "-- a\nCREATE  INDEX\nCONCURRENTLY i on a (id);\n-- //@UNDO\ndrop index i;\n")
                .script("3_c.sql", "-- @NO_TRANSACTION\nvacuum;\n-- //@UNDO\n-- SQL to undo the change goes here.\n");
        assertEquals(0, run("validate", db()));
        assertPrints(
                "db/scripts/1_a.sql:4: warning MIGR-231 ",
                "db/scripts/2_b.sql:2: warning MIGR-232 ",
                "db/scripts/3_c.sql:1: warning MIGR-230 ");
        assertEquals("0 error(s), 3 warning(s)", complaints().strip());
    }

    @Test
    void an_escaped_placeholder_is_no_variable_that_nothing_sets() {
        repository.script("1_a.sql", """
                insert into a values ('\\${meant}');
                insert into a values ('${both}');
                insert into a values ('\\${both}');
                -- //@UNDO
                delete from a;
                """);
        assertEquals(0, run("validate", db()));
        assertPrints("db/scripts/1_a.sql:2: warning MIGR-231 Nothing sets the variable both");
    }

    @Test
    void what_the_splitting_by_lines_leaves_out_or_cuts_is_a_warning() {
        String undo = "-- //@UNDO\nselect 1;\n";
        repository
                .script("1_a.sql", "create table a (id int); insert into a values (1)\n;\n" + undo)
                .script("2_b.sql", "create table b (\n  id int, -- the key; unique\n  x int);\n" + undo)
                .script("3_c.sql", "create table c (id int); -- a; b\ninsert into c\n  values (1); /* one */\n" + undo)
                .script(
                        "4_d.sql",
                        "insert into d values ('a -- b'); -- c\ninsert into d values ('x;y');\n"
                                + "insert into d values ('" + "x ".repeat(100_000) + "');\n" + undo)
                .script("5_e.sql", "-- @DELIMITER $$\nbegin a(); b\n(); end $$\n" + undo);
        assertEquals(0, run("validate", db()));
        assertPrints("db/scripts/1_a.sql:1: warning MIGR-234 ", "db/scripts/2_b.sql:2: warning MIGR-235 ");
        assertTrue(output().contains("\"insert into a values (1)\""), this::output);
    }

    @Test
    void an_error_in_one_script_hides_nothing_of_the_others() {
        repository.script("1_create_product.sql", "create table product (id int);\n");
        repository.script("2_add_note.sql", "alter table product add note int\n");
        assertEquals(1, run("validate", "--require-undo", db()));
        assertTrue(output().contains("1_create_product.sql:1: error MIGR-230"), this::output);
        assertTrue(output().contains("2_add_note.sql:1: error MIGR-207"), this::output);
    }

    @Test
    void what_happened_and_what_to_do_are_two_sentences() {
        assertEquals(2, run("validate", folder.resolve("nowhere").toString()));
        String text = complained.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("it is not there. Name a folder"), text);
    }

    @Test
    void a_missing_undo_part_is_an_error_where_it_is_required() {
        repository.script("1_a.sql", "create table a (id int);\n");
        assertEquals(1, run("validate", "--require-undo", db()));
        assertPrints("db/scripts/1_a.sql:1: error MIGR-230 ");
    }

    /** Packs a folder. */
    private static Path zip(Path root, Path file) throws IOException {
        try (Stream<Path> files = Files.walk(root);
                JarOutputStream zip = new JarOutputStream(Files.newOutputStream(file))) {
            for (Path path : files.filter(path -> !path.equals(root)).sorted().toList()) {
                String name = root.relativize(path).toString().replace('\\', '/');
                zip.putNextEntry(new JarEntry(Files.isDirectory(path) ? name + "/" : name));
                if (Files.isRegularFile(path)) {
                    Files.copy(path, zip);
                }
            }
        }
        return file;
    }

    private Path war() throws IOException {
        Path root = folder.resolve("shop");
        new TestRepository(root)
                .file("WEB-INF/beans.xml", BEANS)
                .file(SCRIPTS + "1_a b.sql", "create table ${owner} (id int);\n-- //@UNDO\ndrop table ${owner};\n");
        Path library = folder.resolve("library");
        new TestRepository(library).file("migrations/scripts/2_c.sql", "create table c (id int)\n");
        Files.createDirectories(root.resolve("WEB-INF/lib"));
        zip(library, root.resolve("WEB-INF/lib/library.jar"));
        return root;
    }

    @Test
    void a_war_is_read_with_its_settings_and_its_libraries_packed_or_not() throws IOException {
        Path root = war();
        for (Path place : List.of(root, zip(root, folder.resolve("shop.war")))) {
            assertEquals(1, run("validate", place.toString()));
            assertPrints("migrations/scripts/2_c.sql:1: error MIGR-207 ");
        }
    }

    @Test
    void wrong_settings_of_a_war_are_told_with_their_line() throws IOException {
        Path root = war();
        new TestRepository(root).file("WEB-INF/beans.xml", BEANS.replace("variable.owner", "taget"));
        assertEquals(1, run("validate", root.toString()));
        assertPrints("WEB-INF/beans.xml:3: error MIGR-101 ");
    }

    @Test
    void two_databases_of_a_war_on_one_changelog_are_told_as_a_deployment_would() throws IOException {
        Path root = war();
        String block = "<migrations xmlns='urn:mybatis-migrations:1.0' name='%s'>"
                + "<property name='variable.owner' value='anna'/><property name='mode' value='%s'/></migrations>";
        String blocks = block.formatted("orders", "migrate") + block.formatted("stock", "${M:plan}");
        new TestRepository(root).file("WEB-INF/beans.xml", "<beans>" + blocks + "</beans>");
        Files.delete(root.resolve("WEB-INF/lib/library.jar"));
        assertEquals(1, run("validate", root.toString()));
        assertPrints("block stock: error MIGR-115 ");
        assertEquals(0, run("validate", "--block=stock", root.toString()));
        assertEquals(0, run(Map.of("M", "off"), "validate", root.toString()));
    }

    @Test
    void a_jar_and_a_folder_of_classes_are_read_with_their_properties() throws IOException {
        Path classes = folder.resolve("classes");
        new TestRepository(classes)
                .file("META-INF/mybatis-migrations.properties", "location=sql/orders\n")
                .file("sql/orders/scripts/1_a.sql", "create table a (id int);\n");
        for (Path place : List.of(classes, zip(classes, folder.resolve("orders.jar")))) {
            assertEquals(0, run("validate", place.toString()));
            assertPrints("sql/orders/scripts/1_a.sql:1: warning MIGR-230 ");
        }
    }

    @Test
    void the_environment_can_be_chosen() {
        repository.table("1", "a").environment("development", "");
        assertEquals(1, run("validate", db()));
        assertTrue(output().contains("MIGR-211"), this::output);
        assertEquals(0, run("validate", "--environment", "development", db()));
    }

    @Test
    void the_environment_that_is_chosen_goes_before_every_setting() throws IOException {
        Path root = war();
        new TestRepository(root).file("WEB-INF/classes/migrations/environments/production.properties", "");
        Map<String, String> variables = Map.of("MYBATIS_MIGRATIONS_ORDERS_ENVIRONMENT", "production");
        assertEquals(1, run(variables, "validate", "--environment", "development", root.toString()));
        assertTrue(output().contains("error MIGR-211 "), this::output);
    }

    @Test
    void plan_and_status_look_at_the_database_of_the_url() {
        repository.table("1", "a");
        try (TestDatabase database = new TestDatabase()) {
            String[] login = {"--url=" + database.url(), "--user=sa", "--password-env=PW", db()};
            Map<String, String> variables = Map.of("PW", "");
            assertEquals(
                    0,
                    run(
                            variables,
                            Stream.concat(Stream.of("plan"), Stream.of(login)).toArray(String[]::new)));
            assertTrue(output().contains("\ncreate table a (id int primary key);\n"), this::output);
            assertEquals(
                    1,
                    run(
                            variables,
                            Stream.concat(Stream.of("validate"), Stream.of(login))
                                    .toArray(String[]::new)));
            assertTrue(output().contains("error MIGR-404 "), this::output);
            Migrations.of(database.dataSource())
                    .with("location", repository.location())
                    .migrate();
            assertEquals(
                    0,
                    run(
                            variables,
                            Stream.concat(Stream.of("validate"), Stream.of(login))
                                    .toArray(String[]::new)));
            assertEquals(
                    0,
                    run(
                            variables,
                            Stream.concat(Stream.of("status"), Stream.of(login)).toArray(String[]::new)));
            assertTrue(output().endsWith("UP_TO_DATE" + System.lineSeparator()), this::output);
        }
    }

    @Test
    void a_repository_is_read_whatever_its_folder_is_called() {
        for (String name : List.of("orders, old", "${db}", "\\${db}", "100 %20 größer")) {
            TestRepository odd = new TestRepository(folder.resolve(name)).table("1", "a");
            assertEquals(0, run("validate", odd.folder().toString()), this::output);
        }
    }

    @Test
    void what_cannot_be_read_is_named_and_not_the_last_word() {
        Path broken = new TestRepository(folder)
                .file("shop.war", "no archive")
                .folder()
                .resolve("shop.war");
        assertEquals(2, run("validate", broken.toString(), "--url", "jdbc:postgresql://h/db?password=hunter2"));
        assertTrue(complaints().startsWith("MIGR-801 " + broken + " "), this::complaints);
        assertFalse(complaints().contains("hunter2"), this::complaints);
    }

    @Test
    void a_warning_beside_a_plan_is_no_part_of_its_text() throws IOException {
        Path classes = folder.resolve("classes");
        String never = Instant.now()
                .minus(Duration.ofDays(2))
                .atZone(ZoneOffset.UTC)
                .getDayOfWeek()
                .name();
        new TestRepository(classes)
                .file("META-INF/mybatis-migrations.properties", "window=" + never.substring(0, 3) + " 10:00-10:01\n")
                .file("migrations/scripts/1_a.sql", "create table a (id int);\n");
        try (TestDatabase database = new TestDatabase()) {
            assertEquals(0, run("plan", classes.toString(), "--url=" + database.url(), "--user=sa"));
            assertTrue(output().startsWith("-- "), this::output);
            assertTrue(complaints().startsWith("default: warning MIGR-446 "), this::complaints);
        }
    }

    @Test
    void a_refusal_of_a_plan_is_not_taken_for_one() {
        repository.script("1_a.sql", "create table a (id int)\n");
        try (TestDatabase database = new TestDatabase()) {
            assertEquals(1, run("plan", db(), "--url=" + database.url(), "--user=sa"));
            assertEquals("", output());
            assertTrue(complaints().startsWith("db/scripts/1_a.sql:1: error MIGR-207 "), this::complaints);
        }
    }

    @Test
    void a_plan_is_utf_8_on_every_platform() {
        repository.script("1_a.sql", "create table a (name varchar(9) default 'Größe');\n");
        try (TestDatabase database = new TestDatabase();
                PrintStream output = new PrintStream(printed, true, StandardCharsets.US_ASCII);
                PrintStream complaints = new PrintStream(complained, true, StandardCharsets.US_ASCII)) {
            String url = "--url=" + database.url();
            assertEquals(0, new CommandLine(output, complaints, Map.of()).run("plan", db(), url, "--user=sa"));
            assertTrue(output().contains("'Größe'"), this::output);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {";ifexists=true", ";IFEXISTS=FALSE", ";IfExists=TRUE;MODE=PostgreSQL"})
    void a_url_of_h2_may_say_itself_whether_the_database_is_there(String setting) {
        repository.table("1", "a");
        try (TestDatabase database = TestServer.H2_FILE.fresh()) {
            database.execute("create table b (id int)");
            assertEquals(
                    0,
                    run("plan", db(), "--url=" + database.url() + setting, "--user=sa"),
                    () -> output() + complaints());
        }
    }

    @ParameterizedTest
    @CsvSource({"jdbc:h2:,plan", "jdbc:h2:file:,status", "jdbc:hsqldb:file:,validate", "jdbc:sqlite:,plan"})
    void a_database_that_is_not_there_is_not_made_by_who_looks_at_it(String url, String command) throws IOException {
        Path classes = new TestRepository(folder.resolve("classes"))
                .file("META-INF/mybatis-migrations.properties", "connect-timeout=5s\n")
                .file("migrations/scripts/1_a.sql", "create table a (id int);\n")
                .folder();
        String nowhere = folder.resolve("none").toString();
        assertEquals(1, run(command, classes.toString(), "--url=" + url + nowhere, "--user=sa"));
        assertTrue((output() + complaints()).contains(": error MIGR-303 "), () -> output() + complaints());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().startsWith(nowhere)).toList());
        }
    }

    @Test
    void a_database_that_is_there_is_looked_at() {
        repository.table("1", "a");
        for (TestServer server : List.of(TestServer.H2_FILE, TestServer.SQLITE, TestServer.HSQLDB, TestServer.H2)) {
            try (TestDatabase database = server.fresh()) {
                database.execute("create table b (id int)");
                assertEquals(0, run("plan", db(), "--url=" + database.url(), "--user=sa"), this::complaints);
                assertTrue(output().contains("create table a "), this::output);
            }
        }
    }

    @Test
    void a_database_that_is_off_is_named_as_that() throws IOException {
        Path root = war();
        String off = BEANS.replace("</migrations>", "<property name='mode' value='${M:off}'/></migrations>");
        new TestRepository(root).file("WEB-INF/beans.xml", off);
        assertEquals(0, run("validate", root.toString()));
        assertPrints("orders: warning MIGR-806 ");
        for (String command : List.of("validate", "plan")) {
            assertEquals(2, run(command, root.toString(), "--block=orders", "--url=jdbc:h2:mem:x"));
            assertTrue(complaints().startsWith("MIGR-806 mode is off for orders"), this::complaints);
        }
        Map<String, String> variables = Map.of("MYBATIS_MIGRATIONS_MODE", "plan");
        assertEquals(1, run(variables, "validate", root.toString(), "--block=orders"));
        assertPrints("migrations/scripts/2_c.sql:1: error MIGR-207 ");
    }

    @Test
    void a_path_that_cannot_be_one_is_wrong_use() throws IOException {
        repository.table("1", "a");
        assertEquals(2, run("validate", "a\0b"));
        assertTrue(complaints().startsWith("MIGR-801 "), this::complaints);
        assertEquals(2, run("plan", db(), "--url=jdbc:h2:mem:x", "--driver=a\0b"));
        assertTrue(complaints().startsWith("MIGR-801 "), this::complaints);
        Path war = folder.resolve("odd.war");
        try (JarOutputStream zip = new JarOutputStream(Files.newOutputStream(war))) {
            zip.putNextEntry(new JarEntry("WEB-INF/classes/a\0b.txt"));
        }
        long before = unpacked();
        assertEquals(2, run("validate", war.toString()));
        assertTrue(complaints().startsWith("MIGR-801 " + war + " "), this::complaints);
        assertEquals(before, unpacked());
    }

    /** How many folders there are into which a WAR was unpacked. */
    private static long unpacked() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().matches("migrations[0-9]+"))
                    .filter(Files::isDirectory)
                    .count();
        }
    }

    /** As a disk that is full, or a pipe that its reader has closed. */
    @Test
    void a_plan_that_does_not_arrive_whole_is_no_success() {
        repository.table("1", "a");
        OutputStream full = new OutputStream() {
            @Override
            public void write(int letter) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        try (TestDatabase database = new TestDatabase();
                PrintStream output = new PrintStream(full);
                PrintStream complaints = new PrintStream(complained, true, StandardCharsets.UTF_8)) {
            String url = "--url=" + database.url();
            assertEquals(1, new CommandLine(output, complaints, Map.of()).run("plan", db(), url, "--user=sa"));
            assertTrue(complaints().contains("MIGR-807 "), this::complaints);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "migrate DB",
                "validate",
                "validate DB DB",
                "validate DB --url",
                "validate DB --strict",
                "validate NOWHERE",
                "plan DB",
                "status DB",
                "plan DB --url jdbc:nothing:x",
                "plan DB --url jdbc:h2:mem:x --password-env NOT_SET",
                "plan DB --url jdbc:h2:mem:x --password hunter2",
                "validate DB --block other"
            })
    void wrong_use_is_told_and_nothing_else(String words) {
        repository.table("1", "a");
        assertEquals(2, run(words.replace("DB", db()).split(" ")), words);
        assertEquals("", output());
        assertTrue(complaints().startsWith("MIGR-8"), this::complaints);
        assertFalse(complaints().contains("hunter2"), this::complaints);
    }

    @Test
    void help_tells_all_of_it() {
        assertEquals(0, run("--help"));
        assertTrue(output().contains("--require-undo"), this::output);
    }
}
