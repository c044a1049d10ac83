package io.github.deploymigrations.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deploymigrations.testing.Draw;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checksum that a file's bytes have, all at once or block by block, is the one that its characters have. */
class Utf8PartTest {

    private static String byCharacters(byte[] file) throws IOException {
        PartText text = new PartText(false, true);
        try (Reader reader = ScriptReader.decoded(new ByteArrayInputStream(file), StandardCharsets.UTF_8)) {
            text.add(reader);
        }
        return text.checksum();
    }

    /** The same by blocks of any size from three on. */
    private static String byBlocks(byte[] file, int block) throws IOException {
        return Utf8Part.checksum(new ByteArrayInputStream(file), block);
    }

    private static String drawn(Draw draw) {
        StringBuilder text = new StringBuilder(draw.percent(20) ? "\uFEFF" : "");
        for (int pieces = draw.number(0, 60); pieces > 0; pieces--) {
            text.append(draw.of(
                    "\n",
                    "\r\n",
                    "\r",
                    " ",
                    "\t",
                    "\f",
                    "\u001F",
                    "a",
                    "insert into t values (1);",
                    "ü",
                    "表",
                    "😀",
                    "\u00A0",
                    "\u2003",
                    "\u3000",
                    "\u2028",
                    "\uFEFF",
                    "@",
                    "-- @NO_TRANSACTION",
                    draw.percent(10) ? "-- //@UNDO" : ";",
                    draw.percent(10) ? "\n-- // @UNDO \n" : "--"));
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#all")
    void whatever_the_file_has(Draw draw) throws Exception {
        String text = drawn(draw);
        draw.check(text, () -> {
            byte[] file = text.getBytes(StandardCharsets.UTF_8);

            assertEquals(byCharacters(file), Utf8Part.checksum(file.clone()));
            for (int block = 3; block <= 40; block++) {
                assertEquals(byCharacters(file), byBlocks(file, block), "by " + block);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#all")
    void whether_it_is_a_text_or_not(Draw draw) throws Exception {
        byte[] file = drawn(draw).getBytes(StandardCharsets.UTF_8);
        if (file.length > 0) {
            file[draw.number(0, file.length - 1)] = (byte) draw.number(0, 255);
        }
        draw.check(new String(file, StandardCharsets.ISO_8859_1), () -> {
            String expected;
            try {
                expected = byCharacters(file);
            } catch (CharacterCodingException e) {
                assertThrows(CharacterCodingException.class, () -> Utf8Part.checksum(file.clone()));
                assertThrows(CharacterCodingException.class, () -> byBlocks(file, 3 + file.length / 3));
                return;
            }
            assertEquals(expected, Utf8Part.checksum(file.clone()));
            assertEquals(expected, byBlocks(file, 3 + file.length / 3));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a\n", "\n\n a \r\n\r\n", "a\n-- //@UNDO\nb", "-- //@UNDO", "a\n\n-- //@UNDO", "a \n \n"
            })
    void at_its_ends(String text) throws Exception {
        byte[] file = text.getBytes(StandardCharsets.UTF_8);

        assertEquals(byCharacters(file), Utf8Part.checksum(file.clone()));
        assertEquals(byCharacters(file), byBlocks(file, 3));
    }

    @Test
    void blank_lines_that_fill_blocks() throws Exception {
        byte[] file = ("a\n" + "\n".repeat(50) + " \r\n".repeat(50) + "b\n" + "\n".repeat(50))
                .getBytes(StandardCharsets.UTF_8);

        for (int block = 3; block <= 60; block++) {
            assertEquals(byCharacters(file), byBlocks(file, block), "by " + block);
        }
    }

    @Test
    void what_is_behind_the_undo_line_has_to_be_a_text_too() {
        byte[] file = "a;\n-- //@UNDO\nx\n".getBytes(StandardCharsets.UTF_8);
        file[file.length - 2] = (byte) 0xFF;

        assertThrows(CharacterCodingException.class, () -> byBlocks(file, 4));
        assertThrows(CharacterCodingException.class, () -> Utf8Part.checksum(file));
    }
}
