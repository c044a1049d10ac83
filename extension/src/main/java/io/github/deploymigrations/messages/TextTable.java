package io.github.deploymigrations.messages;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells as aligned lines of a log record, indented; numbers to the right. */
public final class TextTable {
    private static final String NUMBER = "[0-9., ]*";
    private static final int LONGEST_CELL = 80;

    private final List<List<String>> rows = new ArrayList<>();

    /** @param head the names of the columns */
    public TextTable(String... head) {
        row((Object[]) head);
    }

    /** Adds a row; as many cells as there are columns. */
    public TextTable row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            // a description is a file's name, and a log has lines
            String text = String.valueOf(cell).replaceAll("\\p{Cntrl}", "?");
            row.add(text.length() <= LONGEST_CELL ? text : text.substring(0, LONGEST_CELL - 1) + "…");
        }
        rows.add(List.copyOf(row));
        return this;
    }

    /** The lines. */
    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            String blanks = " ".repeat(width(column) - cell.length());
            line.append("  ").append(isNumeric(column) ? blanks + cell : cell + blanks);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return column > 0
                && rows.stream().skip(1).allMatch(row -> row.get(column).matches(NUMBER));
    }
}
