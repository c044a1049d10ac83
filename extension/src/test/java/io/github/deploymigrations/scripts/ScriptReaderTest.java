package io.github.deploymigrations.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptReaderTest {
    private static ScriptReader reader(String text) {
        return reader(text, false);
    }

    private static ScriptReader reader(String text, boolean undo) {
        return new ScriptReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8,
                undo,
                new Properties(),
                true);
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

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void the_undo_part_has_the_lines_of_its_file_and_nothing_of_the_up_part(String end) throws IOException {
        String text = String.join(end, "one;", "-- @NO_TRANSACTION", "-- //@UNDO", "", "two", "three;", "four;", "");
        try (ScriptReader script = reader(text, true);
                BufferedReader lines = new BufferedReader(script)) {
            assertEquals("-- @UNDO", lines.readLine());
            assertEquals("", lines.readLine());
            assertEquals("two", lines.readLine());
            assertEquals("three;", lines.readLine());
            assertEquals(6, script.line());
            assertEquals(new ScriptPiece(5, "two\nthree;"), script.take());
            assertEquals("four;", lines.readLine());
            assertEquals(new ScriptPiece(7, "four;"), script.take());
            assertFalse(script.isNoTransaction());
        }
    }

    @Test
    void the_undo_part_has_a_checksum_of_its_own() throws IOException {
        String undo = "-- //@UNDO\ndrop table a;\n";
        assertEquals(checksum("create table a (id int);\n" + undo, true), checksum("other;\n" + undo, true));
        assertNotEquals(checksum("a;\n" + undo, true), checksum("a;\n" + undo + "drop table b;\n", true));
        assertEquals(checksum("a;\n" + undo, false), checksum("a;\n" + undo + "drop table b;\n", false));
    }

    private static String checksum(String text, boolean undo) throws IOException {
        try (ScriptReader script = reader(text, undo)) {
            script.transferTo(Writer.nullWriter());
            return script.checksum();
        }
    }
}
