package io.github.deploymigrations.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTextTest {
    @Test
    void the_undo_part_begins_with_the_line_that_marks_it() {
        ScriptText text = ScriptText.of("create;\r\n\n -- //@UNDO now\ndrop;\n-- //@UNDO\n", true);

        assertEquals(List.of("create;", ""), text.up());
        assertEquals(List.of(" -- //@UNDO now", "drop;", "-- //@UNDO"), text.undo());
    }

    @Test
    void a_script_without_an_undo_part_is_all_up() {
        assertEquals(new ScriptText(List.of("create;"), List.of(), true), ScriptText.of("create;", true));
    }
}
