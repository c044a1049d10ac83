package io.github.deploymigrations.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptReaderTest {
    private static ScriptReader reader(String text) {
        return new ScriptReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8,
                false,
                new Properties());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void the_line_is_true_although_a_buffered_reader_is_on_top(String end) throws IOException {
        String text = String.join(end, "one;", "", "-- x", "two", "three;", "");
        try (ScriptReader script = reader(text);
                BufferedReader lines = new BufferedReader(script)) {
            assertEquals("one;", lines.readLine());
            assertEquals(1, script.line());
            assertEquals(new ScriptPiece(1, "one;"), script.take());
            assertEquals("", lines.readLine());
            assertEquals("-- x", lines.readLine());
            assertEquals("two", lines.readLine());
            assertEquals(4, script.line());
            assertEquals("three;", lines.readLine());
            assertEquals(new ScriptPiece(4, "two\nthree;"), script.take());
        }
    }

    @Test
    void lines_longer_than_any_buffer_count_once() throws IOException {
        String text = "x".repeat(100_000) + "\nb\n";
        try (ScriptReader script = reader(text);
                BufferedReader lines = new BufferedReader(script)) {
            assertEquals(100_000, lines.readLine().length());
            assertEquals(1, script.line());
            assertEquals("b", lines.readLine());
            assertEquals(2, script.line());
        }
    }
}
