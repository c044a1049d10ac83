package io.github.deploymigrations.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each threat of the security page names tests that are there. */
class ThreatsTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

    @Test
    void every_threat_is_covered_by_tests_that_exist() throws IOException {
        List<String> threats = Page.of("security.md")
                .read()
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Threat"))
                .toList();

        assertTrue(threats.size() > 20, threats::toString);
        for (String threat : threats) {
            Matcher tests = NAMED.matcher(threat);
            assertTrue(tests.find(), threat);
            do {
                String method = tests.group(2);
                assertTrue(source(tests.group(1)).contains(" " + method + "("), tests::group);
            } while (tests.find());
        }
    }

    private static String source(String test) throws IOException {
        for (String module : new String[] {"extension", "arquillian-tests"}) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
                List<Path> found =
                        files.filter(file -> file.endsWith(test + ".java")).toList();
                if (!found.isEmpty()) {
                    return Files.readString(found.get(0));
                }
            }
        }
        throw new AssertionError("There is no " + test);
    }
}
