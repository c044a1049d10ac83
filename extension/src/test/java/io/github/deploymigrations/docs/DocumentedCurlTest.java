package io.github.deploymigrations.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.TestNaming;
import io.github.deploymigrations.testing.TestWar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each line of the documentation that calls {@code curl} is run, by the shell and by the real one. */
class DocumentedCurlTest {
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final String DOCUMENTED = "http://localhost:8080/shop";

    @TempDir
    Path folder;

    private TestWar war;
    private JettyServer server;

    @BeforeEach
    void start() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:curl;DB_CLOSE_DELAY=-1");
        TestNaming.bind("java:comp/DefaultDataSource", database);
        war = new TestWar(folder.resolve("war"))
                .settings("actions=on")
                .script("1_create_product.sql", "CREATE TABLE product (id INT);\n-- //@UNDO\nDROP TABLE product;\n");
        server = new JettyServer(war)
                .login(new BasicAuthenticator(), "ann", "migrations", "migrations-admin")
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        war.close();
        TestNaming.clear();
    }

    @Test
    void every_curl_line_of_the_documentation_is_answered_without_an_error() throws Exception {
        boolean there = run("curl --version") == 0;
        if (!there) {
            System.err.println("NOT TESTED: the curl lines of the documentation; install curl, as .ci/run does");
        }
        assumeTrue(there || System.getenv("CI") != null);
        // an answer of 400 and more is a failure of curl, and its body is shown
        Files.writeString(folder.resolve(".curlrc"), "fail-with-body\nshow-error\nmax-time = 30\n");
        List<String> lines = lines();
        assertTrue(lines.size() >= 9, lines::toString);
        for (String line : lines) {
            assertTrue(line.contains(DOCUMENTED), line);
            assertEquals(0, run(line.replace(DOCUMENTED, server.address())), line);
        }
        assertFalse(run("curl -s " + server.address() + "/migrations/nothing") == 0);
    }

    private static List<String> lines() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("..", "README.md")));
        try (Stream<Path> files = Files.list(Path.of("..", "docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        List<String> lines = new ArrayList<>();
        for (Path page : pages) {
            Matcher blocks = BLOCK.matcher(Files.readString(page));
            while (blocks.find()) {
                blocks.group(1)
                        .replace("\\\n", " ")
                        .lines()
                        .filter(line -> line.startsWith("curl "))
                        .forEach(lines::add);
            }
        }
        return lines;
    }

    private int run(String line) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("answer").toFile());
        shell.environment().put("HOME", folder.toString());
        shell.environment().put("CURL_HOME", folder.toString());
        shell.environment().put("no_proxy", "localhost");
        Process process = shell.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), line);
        if (process.exitValue() != 0) {
            System.err.println(line + "\n" + Files.readString(folder.resolve("answer"), StandardCharsets.UTF_8));
        }
        return process.exitValue();
    }
}
