package io.github.deploymigrations.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.messages.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PropertiesFileTest {
    private final List<Problem> problems = new ArrayList<>();

    private List<String> read(String text) throws IOException {
        return PropertiesFile.read("p", new StringReader(text), problems).stream()
                .map(setting -> setting.origin() + " " + setting.name() + "=" + setting.value())
                .toList();
    }

    @Test
    void each_entry_has_the_line_on_which_it_begins() throws IOException {
        assertEquals(
                List.of("p:2 a=1", "p:4 b=two lines", "p:7 c=3"),
                read("# comment \\\na=1\n\nb=two \\\n   lines\n! comment\nc : 3"));
    }

    @Test
    void a_backslash_that_is_escaped_does_not_continue_the_line() throws IOException {
        assertEquals(List.of("p:1 a=x\\", "p:2 b=2"), read("a=x\\\\\nb=2\n"));
    }

    @Test
    void a_malformed_escape_is_a_problem_of_its_line() throws IOException {
        read("a=1\nb=\\u12\n");
        assertEquals("p:2", problems.get(0).where());
    }

    /** The encoding that files of properties once had: a variable would go into SQL as another text than was written. */
    @Test
    void an_entry_in_another_encoding_is_a_problem_of_its_line() throws IOException {
        byte[] file = "# größer\nvariable.owner=Müller\nvariable.city=\\uFFFD\n".getBytes(StandardCharsets.ISO_8859_1);
        List<Setting> settings = PropertiesFile.read(
                "p", new InputStreamReader(new ByteArrayInputStream(file), StandardCharsets.UTF_8), problems);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).toString().startsWith("MIGR-123 p:2"), problems.toString());
        assertEquals(
                List.of("variable.city"), settings.stream().map(Setting::name).toList());
    }
}
