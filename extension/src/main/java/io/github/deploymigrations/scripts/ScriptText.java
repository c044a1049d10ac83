package io.github.deploymigrations.scripts;

import java.util.List;

/**
 * A script's file for a person to read, before variables are put in. Immutable.
 *
 * @param up the lines of the up part; the first is line 1 of the file
 * @param undo the lines after them, the one that marks the undo part included
 * @param whole whether this is all of the file
 */
public record ScriptText(List<String> up, List<String> undo, boolean whole) {
    public ScriptText {
        up = List.copyOf(up);
        undo = List.copyOf(undo);
    }

    static ScriptText of(String text, boolean whole) {
        List<String> lines = text.lines().toList();
        int end = 0;
        while (end < lines.size() && !PartText.isEnd(lines.get(end))) {
            end++;
        }
        return new ScriptText(lines.subList(0, end), lines.subList(end, lines.size()), whole);
    }
}
