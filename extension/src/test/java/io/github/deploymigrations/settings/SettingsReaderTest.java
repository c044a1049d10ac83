package io.github.deploymigrations.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.messages.ProblemsFound;
import io.github.deploymigrations.testing.TestLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    private static final String ORDERS = block("name=\"orders\"", property("data-source", "java:/orders"));

    private static String block(String attributes, String... properties) {
        return "<migrations xmlns=\"urn:mybatis-migrations:1.0\" " + attributes + ">\n" + String.join("\n", properties)
                + "\n</migrations>\n";
    }

    private static String property(String name, String value) {
        return "<property name=\"" + name + "\" value=\"" + value + "\"/>";
    }

    private static SettingsReader beans(Overrides overrides, String... blocks) {
        String xml = "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\">\n" + String.join("", blocks)
                + "</beans>\n";
        return new SettingsReader(overrides)
                .beansXml("WEB-INF/beans.xml", new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static DeploymentSettings read(String... blocks) {
        return beans(Overrides.none(), blocks).read();
    }

    private static DeploymentSettings properties(String text) {
        return reader(Overrides.none(), text).read();
    }

    private static SettingsReader reader(Overrides overrides, String properties) {
        try {
            return new SettingsReader(overrides)
                    .properties("META-INF/mybatis-migrations.properties", new StringReader(properties));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> problems(String... blocks) {
        return assertThrows(ProblemsFound.class, () -> read(blocks)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static String problem(String... blocks) {
        List<String> problems = problems(blocks);
        assertEquals(1, problems.size(), problems.toString());
        return problems.get(0);
    }

    @Test
    void no_configuration_at_all_is_a_configuration() {
        DeploymentSettings settings = new SettingsReader(Overrides.none()).read();
        assertFalse(settings.configured());
        DatabaseSettings database = settings.databases().get(0);
        assertEquals("default", database.name());
        assertEquals("java:comp/DefaultDataSource", database.dataSource());
        assertEquals(Mode.MIGRATE, database.mode());
        assertEquals(OnFailure.BLOCK, database.onFailure());
        assertEquals(List.of("migrations"), database.migration().locations());
        assertEquals("production", database.migration().environment());
        assertEquals(Duration.ofSeconds(30), database.migration().connectTimeout());
        assertEquals(
                new StatusSettings(
                        Optional.of("/migrations"), Access.ROLE, "migrations", ActionAccess.NOBODY, "migrations-admin"),
                settings.status());
    }

    /** What the pages on coming from another tool say. */
    @Test
    void a_baseline_and_one_more_location_can_come_from_outside() {
        Overrides overrides = new Overrides(
                Map.of(), Map.of("MYBATIS_MIGRATIONS_DEFAULT_BASELINE", "2000", "ORDERS_MORE", ",demo"), Map.of());
        String location = property("location", "migrations${ORDERS_MORE:}");
        DatabaseSettings with =
                beans(overrides, block("", location)).read().databases().get(0);
        assertEquals(List.of("migrations", "demo"), with.migration().locations());
        assertEquals(
                "2000", with.migration().policies().baseline().orElseThrow().toString());
        DatabaseSettings without = read(block("", location)).databases().get(0);
        assertEquals(List.of("migrations"), without.migration().locations());
    }

    @Test
    void development_is_forgiving_and_open() {
        DeploymentSettings settings = read(block("", property("environment", "development")));
        assertEquals(OnFailure.WARN, settings.databases().get(0).onFailure());
        assertEquals(Access.OPEN, settings.status().access());
    }

    @Test
    void the_status_is_open_only_if_every_block_is_development() {
        DeploymentSettings settings =
                read(block("", property("environment", "development")), block("name=\"b\"", property("schema", "b")));
        assertEquals(Access.ROLE, settings.status().access());
    }

    @Test
    void several_blocks_keep_the_order_of_the_document() {
        DeploymentSettings settings =
                read(block("name=\"z\"", property("changelog", "Z")), block("name=\"a\""), ORDERS);
        assertEquals(
                List.of("z", "a", "orders"),
                settings.databases().stream().map(DatabaseSettings::name).toList());
    }

    @Test
    void all_problems_are_told_at_once_with_file_line_and_the_nearest_key() {
        List<String> problems = problems(block(
                "",
                property("data-sorce", "java:/x"),
                property("mode", "dry"),
                property("target", "1e3"),
                property("environment", "${NOT_THERE_AT_ALL}"),
                property("mode", "off")));
        assertEquals(5, problems.size(), problems.toString());
        assertTrue(problems.get(0).startsWith("MIGR-102 WEB-INF/beans.xml:7"), problems.get(0));
        assertTrue(problems.get(1).startsWith("MIGR-101 WEB-INF/beans.xml:3"), problems.get(1));
        assertTrue(problems.get(1).contains("data-source"), problems.get(1));
        assertTrue(problems.get(2).startsWith("MIGR-104 WEB-INF/beans.xml:6"), problems.get(2));
        assertTrue(
                problems.stream().anyMatch(text -> text.startsWith("MIGR-103 WEB-INF/beans.xml:4")),
                problems.toString());
        assertTrue(
                problems.stream().anyMatch(text -> text.startsWith("MIGR-103 WEB-INF/beans.xml:5")),
                problems.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "baseline,1e3",
        "timeout,0s",
        "timeout,soon",
        "retries,-1",
        "retries,21",
        "retries,two",
        "transaction,all",
        "allow-undo,yes",
        "changed,undo",
        "newer,back"
    })
    void limits_and_retries_that_make_no_sense_are_refused(String key, String value) {
        assertTrue(problem(block("", property(key, value))).startsWith("MIGR-103"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"orders,", "orders orders", "orders; drop table orders", "orders,orders", "a.b.c", "\"orders"})
    void required_tables_that_are_no_names_or_twice_there_are_refused(String value) {
        assertTrue(problem(block("", property("required-tables", value.replace("\"", "&quot;"))))
                .startsWith("MIGR-103"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "pg_dump orders", "pg_dump {file} {password}", "pg_dump '{file}"})
    void a_backup_that_is_neither_a_word_of_ours_nor_a_command_that_writes_a_file_is_refused(String value) {
        assertTrue(problem(block("", property("backup", value), property("backup-directory", "/tmp")))
                .startsWith("MIGR-103"));
    }

    @Test
    void a_backup_needs_a_directory_with_an_absolute_path() {
        assertTrue(problem(block("", property("backup", "auto"))).startsWith("MIGR-130"));
        assertTrue(problem(block("", property("backup", "auto"), property("backup-directory", "backups")))
                .startsWith("MIGR-103"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "on", "true"})
    void a_drift_is_ignored_or_warned_of_and_nothing_else(String value) {
        assertTrue(problem(block("", property("drift", value))).startsWith("MIGR-103"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Orders",
                "1a",
                "a-b",
                "health",
                "metrics",
                "plan",
                "run",
                "undo",
                "reset",
                "resolve",
                "variable"
            })
    void a_block_may_not_have_a_name_that_is_malformed_or_a_path_of_the_status(String name) {
        assertTrue(problem(block("name=\"" + name + "\"")).startsWith("MIGR-105"));
    }

    @Test
    void two_blocks_of_one_name_are_refused() {
        assertTrue(problem(block("", property("changelog", "A")), block("")).startsWith("MIGR-106"));
    }

    @Test
    void a_block_that_two_files_have_is_told_with_its_line_in_the_second() {
        SettingsReader reader = beans(Overrides.none(), ORDERS);
        String second = "<beans>\n" + block("name=\"stock\"", property("schema", "s")) + ORDERS + "</beans>";
        reader.beansXml("META-INF/beans.xml", new ByteArrayInputStream(second.getBytes(StandardCharsets.UTF_8)));
        String told = assertThrows(ProblemsFound.class, reader::read).getMessage();
        assertTrue(told.contains("MIGR-106 META-INF/beans.xml:5: "), told);
    }

    @Test
    void a_property_in_another_element_of_the_block_is_told() {
        String inner = property("target", "1");
        assertTrue(problem(block("", "<property name=\"mode\" value=\"off\">", inner, "</property>"))
                .startsWith("MIGR-109 WEB-INF/beans.xml:4: "));
    }

    @Test
    void the_element_in_the_wrong_namespace_is_told() {
        assertTrue(problem("<migrations name=\"a\"/>").startsWith("MIGR-109"));
        assertTrue(problem("<migrations xmlns=\"urn:mybatis-migrations:2.0\"/>").startsWith("MIGR-109"));
    }

    @Test
    void elements_attributes_and_text_that_mean_nothing_are_told() {
        List<String> problems =
                problems(block("nam=\"x\"", "<propery name=\"a\" value=\"b\"/>", "text", "<property name=\"a\"/>"));
        assertEquals(
                List.of("MIGR-110", "MIGR-109", "MIGR-112", "MIGR-111"),
                problems.stream().map(text -> text.substring(0, 8)).toList());
    }

    @Test
    void malformed_xml_is_told_with_its_line() {
        assertTrue(problem("<a>\n<b></a>").startsWith("MIGR-108 WEB-INF/beans.xml:3"));
    }

    /** What CDI takes for a bean archive with defaults, and many applications have. */
    @Test
    void an_empty_beans_xml_configures_nothing() {
        SettingsReader reader = new SettingsReader(Overrides.none())
                .beansXml("WEB-INF/beans.xml", new ByteArrayInputStream(new byte[0]));
        assertFalse(reader.read().configured());
    }

    @Test
    void a_document_type_does_not_make_us_read_files() {
        String xml = "<!DOCTYPE beans [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><beans>&x;</beans>";
        SettingsReader reader = new SettingsReader(Overrides.none())
                .beansXml("beans.xml", new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        assertTrue(assertThrows(ProblemsFound.class, reader::read).getMessage().contains("MIGR-108"));
    }

    @Test
    void a_setting_of_the_status_is_stated_once_or_the_same_in_each_block() {
        read(
                block("name=\"a\"", property("status-path", "/m")),
                block("name=\"b\"", property("schema", "b"), property("status-path", "/m")));
        String problem = problem(
                block("name=\"a\"", property("status-path", "/m")),
                block("name=\"b\"", property("schema", "b"), property("status-path", "/n")));
        assertTrue(problem.startsWith("MIGR-114"), problem);
    }

    @Test
    void settings_of_the_status_are_compared_by_what_their_placeholders_stand_for() {
        SettingsReader same = beans(
                new Overrides(Map.of("p", "/m"), Map.of(), Map.of()),
                block("name=\"a\"", property("status-path", "${p}")),
                block("name=\"b\"", property("schema", "b"), property("status-path", " /m")));
        assertEquals(Optional.of("/m"), same.read().status().path());
        String unresolved = problem(
                block("name=\"a\"", property("status-path", "${NOT_THERE_AT_ALL}")),
                block("name=\"b\"", property("schema", "b"), property("status-path", "/m")));
        assertTrue(unresolved.startsWith("MIGR-104"), unresolved);
    }

    @ParameterizedTest
    @CsvSource({
        "connect-timeout,soon",
        "connect-timeout,-1s",
        "connect-timeout,400d",
        "connect-timeout,5",
        "target,1.5",
        "target,123456789012345678901",
        "changelog,a;drop table b",
        "changelog,a.b.c",
        "changelog,\"\"",
        "schema,a.b",
        "status-path,migrations",
        "status-path,/",
        "status-path,/a/*",
        "location,../x",
        "location,'a,,b'",
        "location,'a,a'",
        "location,file:/x",
        "environment,../production",
        "environment,a/b",
        "data-source,'two words'",
        "data-source,ldap://host/x",
        "on-failure,ignore",
        "mode,planned",
        "status-access,all",
        "variable.,x"
    })
    void a_malformed_value_is_refused(String key, String value) {
        String xml = value.replace("\"", "&quot;");
        assertEquals(1, problems(block("", property(key, xml))).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "file:/a\0b", "file:/a\nb", "file:"})
    void a_location_that_can_be_no_path_is_refused(String location) {
        List<Problem> problems = assertThrows(
                        ProblemsFound.class, () -> SettingsReader.ofJava(Map.of("location", location)))
                .problems();
        assertEquals("MIGR-103", problems.get(0).explanation().code());
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "30s,30000", "5m,300000", "PT1M,60000", "0s,0"})
    void durations_are_written_short_or_in_ISO_8601(String text, long millis) {
        assertEquals(
                millis,
                read(block("", property("connect-timeout", text)))
                        .databases()
                        .get(0)
                        .migration()
                        .connectTimeout()
                        .toMillis());
    }

    @Test
    void the_properties_file_takes_the_same_keys_with_and_without_a_block() {
        DeploymentSettings settings =
                properties("environment=development\norders.schema=o\norders.variable.x=1\nstock.schema=s\n");
        assertEquals(
                List.of("orders", "stock"),
                settings.databases().stream().map(DatabaseSettings::name).toList());
        assertEquals("development", settings.databases().get(1).migration().environment());
        assertEquals(Map.of("x", "1"), settings.databases().get(0).migration().variables());
    }

    @Test
    void beans_xml_ranks_above_the_properties_file() throws IOException {
        DeploymentSettings settings = beans(Overrides.none(), ORDERS)
                .properties("p", new StringReader("data-source=java:/other\norders.environment=test\n"))
                .read();
        assertEquals("java:/orders", settings.databases().get(0).dataSource());
        assertEquals("test", settings.databases().get(0).migration().environment());
    }

    @Test
    void a_block_that_only_the_properties_file_knows_is_unknown_where_beans_xml_has_blocks() {
        ProblemsFound found = assertThrows(
                ProblemsFound.class,
                () -> beans(Overrides.none(), ORDERS)
                        .properties("p", new StringReader("\n# x\nstock.mode=off\n"))
                        .read());
        assertTrue(found.getMessage().contains("MIGR-107") && found.getMessage().contains("p:3"), found.getMessage());
    }

    @Test
    void a_named_override_ranks_above_an_unnamed_one_whatever_their_kind() {
        Overrides overrides = new Overrides(
                Map.of("mybatis.migrations.connect-timeout", "1s"),
                Map.of("MYBATIS_MIGRATIONS_ORDERS_CONNECT_TIMEOUT", "2s"),
                Map.of("mybatis.migrations.orders.connect-timeout", "3s", "mybatis.migrations.on-failure", "warn"));
        DatabaseSettings orders = beans(overrides, ORDERS).read().databases().get(0);
        assertEquals(Duration.ofSeconds(2), orders.migration().connectTimeout());
        assertEquals(OnFailure.WARN, orders.onFailure());
        assertEquals(
                "environment variable MYBATIS_MIGRATIONS_ORDERS_CONNECT_TIMEOUT",
                orders.migration().origin(Key.CONNECT_TIMEOUT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "connect"})
    void a_variable_that_is_a_key_is_that_key_whatever_a_block_is_called(String name) {
        String variable = "MYBATIS_MIGRATIONS_" + name.toUpperCase(java.util.Locale.ROOT) + "_TIMEOUT";
        Overrides overrides = new Overrides(
                Map.of("mybatis.migrations." + name + ".timeout", "7m"), Map.of(variable, "90s"), Map.of());
        MigrationSettings settings = beans(overrides, block("name=\"" + name + "\""))
                .read()
                .databases()
                .get(0)
                .migration();
        assertEquals(Optional.of(Duration.ofMinutes(7)), settings.timeout());
        assertEquals(Duration.ofSeconds(90), name.equals("lock") ? settings.lockTimeout() : settings.connectTimeout());
    }

    @ParameterizedTest
    @ValueSource(strings = {"data-source", "location", "target", "changelog", "schema", "variable.x"})
    void an_unnamed_override_never_sets_what_could_migrate_another_applications_database(String key) {
        Overrides overrides = new Overrides(
                Map.of("mybatis.migrations." + key, "other"),
                Map.of(
                        "MYBATIS_MIGRATIONS_"
                                + key.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_"),
                        "other"),
                Map.of());
        assertEquals(read(ORDERS), beans(overrides, ORDERS).read());
    }

    @Test
    void overrides_of_other_applications_are_left_alone() {
        Overrides overrides = new Overrides(
                Map.of("mybatis.migrations.stock.data-source", "java:/stock", "mybatis.migrations.nonsense", "1"),
                Map.of("MYBATIS_MIGRATIONS_STOCK_MODE", "off", "PATH", "/bin"),
                Map.of());
        assertEquals(read(ORDERS), beans(overrides, ORDERS).read());
    }

    @Test
    void an_override_that_is_misspelled_is_told_with_the_nearest_key() {
        Overrides overrides = new Overrides(
                Map.of(),
                Map.of("MYBATIS_MIGRATIONS_ORDERS_BASLINE", "2", "MYBATIS_MIGRATIONS_VARIABLE_OWNER", "x"),
                Map.of());
        try (TestLog log = TestLog.open()) {
            beans(overrides, ORDERS).read();
            String told = String.join("", log.of("MIGR-119"));
            assertTrue(told.contains("ORDERS_BASLINE: unknown key, the nearest is baseline"), told);
            assertTrue(told.contains("VARIABLE_OWNER: every application of this server sees it"), told);
        }
    }

    @Test
    void a_variable_can_be_overridden_from_the_environment_in_the_spelling_of_the_block() {
        Overrides overrides =
                new Overrides(Map.of(), Map.of("MYBATIS_MIGRATIONS_A_VARIABLE_TABLEOWNER", "me"), Map.of());
        DeploymentSettings settings = beans(overrides, block("name=\"a\"", property("variable.tableOwner", "you")))
                .read();
        assertEquals(
                Map.of("tableOwner", "me"),
                settings.databases().get(0).migration().variables());
    }

    @Test
    void placeholders_are_properties_or_environment_variables_with_nested_defaults_and_can_be_escaped() {
        Overrides overrides = new Overrides(Map.of("a", "property"), Map.of("B", "environment"), Map.of());
        String text = "${a} ${B} ${C:${D:deep}} \\${a} ${E:}";
        DeploymentSettings settings =
                beans(overrides, block("", property("variable.v", text))).read();
        assertEquals(
                "property environment deep ${a} ",
                settings.databases().get(0).migration().variables().get("v"));
    }

    @ParameterizedTest
    @CsvSource({
        "data-source,jdbc:postgresql://anna:hunter2@db/orders",
        "data-source,JDBC:h2:mem:orders;PASSWORD=hunter2",
        "data-source,https://anna:hunter2@db/orders",
        "location,https://anna:hunter2@db/orders",
        "schema,jdbc:h2:mem:orders;PASSWORD=hunter2",
        "backup,pg_dump --dbname=postgresql://anna:hunter2@db/orders"
    })
    void a_password_in_a_malformed_value_is_in_no_message(String key, String value) {
        String problem = problem(block("", property(key, value), property("backup-directory", "/tmp")));
        assertTrue(problem.startsWith("MIGR-103") && problem.contains(key), problem);
        assertFalse(problem.contains("hunter2"), problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a&hunter2", "a&hunter2;", "a\" hunter2", "<hunter2"})
    void a_password_that_is_no_xml_is_in_no_message(String password) {
        String problem = problem(block("", property("variable.p", password)));
        assertTrue(problem.startsWith("MIGR-1") && problem.contains("WEB-INF/beans.xml:3: "), problem);
        assertFalse(problem.contains("hunter2"), problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<property name=\"variable.p\" value=\"x\">|The element type \"property\" must be terminated by the matching"
                        + " end-tag \"</property>\".",
                "<property name=\"variable.p\" value=\"x<y\"/>|The value of attribute \"value\" associated with an element"
                        + " type \"property\" must not contain the '<' character.",
                "<property name=\"variable.p\" value=\"x\"y\"/>|Element type \"property\" must be followed by either attribute"
                        + " specifications, \">\" or \"/>\"."
            })
    void what_is_wrong_with_elements_and_attributes_of_ours_is_told_whole(String inner, String reason) {
        String problem = problem(block("", inner));
        assertTrue(problem.contains(": " + reason), problem);
    }

    @Test
    void the_value_of_a_variable_is_in_no_message() {
        List<String> problems =
                problems(block("", property("variable.v", "hunter2 ${NOT_THERE}"), property("mode", "x")));
        assertFalse(problems.toString().contains("hunter2"), problems.toString());
    }
}
