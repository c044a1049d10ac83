package io.github.deploymigrations.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.Migrations;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Spring application whose database the real starter migrated moves as the page says. */
class ComingFromSpringTest {
    private static final String APPLICATION = """
            import org.springframework.boot.SpringApplication;
            import org.springframework.boot.autoconfigure.SpringBootApplication;
            import org.springframework.context.ConfigurableApplicationContext;
            import org.springframework.context.annotation.Bean;
            import org.springframework.context.annotation.Configuration;
            import org.springframework.context.annotation.Import;
            import org.springframework.jdbc.core.JdbcTemplate;

            @Configuration
            @org.springframework.boot.autoconfigure.EnableAutoConfiguration%s
            public class Application {
                /** Reads when it is made, so the migrations come too late if nothing makes it wait for them. */
                static class Orders {
                    Orders(JdbcTemplate database) {
                        System.out.println("customers " + database.queryForList("select customer from orders", String.class));
                    }
                }

                @Bean%s
                public Orders orders(JdbcTemplate database) {
                    return new Orders(database);
                }

                public static void main(String[] arguments) {
                    try (ConfigurableApplicationContext context = SpringApplication.run(Application.class, arguments)) {
                        System.out.println("started");
                    }
                }
            }
            """;

    /** The starter's bean makes nothing but an EntityManagerFactory wait. */
    private static final String WAITING =
            " @org.springframework.context.annotation.DependsOn(\"myBatisMigrationsCliHandler\")";

    private final Map<String, String> shown = Page.of("coming-from/spring.md").files();

    @TempDir
    Path folder;

    private Conversion old;
    private Conversion converted;

    @BeforeEach
    void application() throws IOException {
        old = new Conversion(folder.resolve("old"));
        converted = new Conversion(folder.resolve("converted"));
        old.write("scripts/1_create_changelog.sql", """
                -- // create changelog
                create table ${changelog} (
                  ID numeric(20,0) not null primary key, APPLIED_AT varchar(25) not null, DESCRIPTION varchar(255) not null
                );
                -- //@UNDO
                drop table ${changelog};
                """);
        old.write("scripts/2_create_orders.sql", """
                -- // create orders
                create table orders (id int, customer varchar(50), owner varchar(20) default '${owner}');
                insert into orders (id, customer) values (1, 'ann');
                -- //@UNDO
                drop table orders;
                """);
    }

    private static List<String> jars(String path) {
        return Arrays.asList(path.split(File.pathSeparator, -1));
    }

    private static Stream<String> ours(String names) {
        return jars(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))).stream()
                .filter(jar -> jar.matches(".*/(?:" + names + ")"));
    }

    private static List<String> spring() throws IOException {
        List<String> jars = new ArrayList<>(jars(Files.readString(Path.of("target/spring.class.path"))));
        ours("h2-[^/]*jar|postgresql-[^/]*jar").forEach(jars::add);
        return jars;
    }

    /** The same with the new jar in the place of the starter. */
    private static List<String> springWithUs() throws IOException {
        List<String> jars = spring().stream()
                .filter(jar -> !jar.matches(".*/mybatis-[^/]*jar"))
                .collect(Collectors.toCollection(ArrayList::new));
        ours("extension/target/classes|mybatis-migrations-[^/]*jar").forEach(jars::add);
        return jars;
    }

    private static void compile(Conversion application, List<String> jars) throws IOException {
        try (Stream<Path> files = Files.list(application.folder())) {
            List<String> arguments =
                    new ArrayList<>(List.of("--release", "17", "-cp", String.join(File.pathSeparator, jars), "-d", ""));
            arguments.set(5, application.folder().toString());
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
            assertEquals(
                    0,
                    ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)),
                    arguments::toString);
        }
    }

    private static String start(Conversion application, List<String> jars, TestDatabase database, String... settings)
            throws IOException, InterruptedException {
        String classes = application.folder() + File.pathSeparator + String.join(File.pathSeparator, jars);
        return application.run(Stream.of(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                // Maven's slf4j is on that class path, and Logback is not for it
                                "-Dorg.springframework.boot.logging.LoggingSystem=none",
                                "-Dspring.main.banner-mode=off",
                                "-Dspring.datasource.url=" + database.url(),
                                "-Dspring.datasource.username=" + database.user()),
                        Arrays.stream(settings),
                        Stream.of("-cp", classes, "Application"))
                .flatMap(each -> each)
                .toArray(String[]::new));
    }

    private String startConverted(TestDatabase database) throws IOException, InterruptedException {
        List<String> jars = springWithUs();
        converted.write("Application.java", String.format(APPLICATION, " @Import(MigrationsConfiguration.class)", ""));
        for (String file :
                List.of("MigrationsConfiguration.java", "MigrationsDetector.java", "META-INF/spring.factories")) {
            converted.write(file, shown.get(file));
        }
        compile(converted, jars);
        return start(converted, jars, database);
    }

    private void moveScripts() throws IOException {
        for (String script : List.of("1_create_changelog.sql", "2_create_orders.sql")) {
            converted.write("migrations/scripts/" + script, old.read("scripts/" + script));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void what_the_starter_applied_is_applied_and_a_bean_applies_the_next_script(TestServer server) throws Exception {
        try (TestDatabase database = server.fresh()) {
            old.write("Application.java", String.format(APPLICATION, "", WAITING));
            compile(old, spring());
            String started = start(old, spring(), database, "-Dmybatis.migrations.properties.owner=shop");
            assertTrue(started.contains("customers [ann]"), started);
            assertEquals(List.of("1", "2"), database.changelog());
            assertEquals(List.of("ann|shop"), database.query("select customer, owner from orders"));

            moveScripts();
            converted.write(
                    "migrations/scripts/3_add_bob.sql", "insert into orders (id, customer) values (2, 'bob');\n");
            String next = startConverted(database);
            assertTrue(next.contains("customers [ann, bob]") && next.contains("started"), next);
            assertEquals(List.of("1", "2", "3"), database.changelog());
            assertEquals(List.of("shop"), database.query("select owner from orders where id = 2"));
            database.execute("drop table CHANGELOG_HISTORY");
            Migrations.of(database.dataSource())
                    .with("location", "file:" + converted.folder().resolve("migrations"))
                    .validate();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "H2")
    void an_application_whose_migrations_fail_does_not_start(TestServer server) throws Exception {
        try (TestDatabase database = server.fresh()) {
            moveScripts();
            converted.write("migrations/scripts/3_wrong.sql", "insert into nowhere values (1);\n");
            AssertionError failed = assertThrows(AssertionError.class, () -> startConverted(database));
            assertTrue(failed.getMessage().contains("3_wrong.sql"), failed::getMessage);
        }
    }
}
