package io.github.deploymigrations.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows of cells as aligned lines of a log record, indented; numbers to the right. */
public final class TextTable {
    private static final Pattern NUMBER = Pattern.compile("[0-9., ]*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
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
            String text = CONTROL.matcher(String.valueOf(cell)).replaceAll("?");
            row.add(text.length() <= LONGEST_CELL ? text : text.substring(0, LONGEST_CELL - 1) + "…");
        }
        rows.add(List.copyOf(row));
        return this;
    }

    /** The lines. */
    public List<String> lines() {
        List<Column> columns = new ArrayList<>();
        for (int column = 0; column < rows.get(0).size(); column++) {
            columns.add(new Column(width(column), isNumeric(column)));
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row, columns));
        }
        return lines;
    }

    private record Column(int width, boolean numeric) {}

    private static String line(List<String> row, List<Column> columns) {
        StringBuilder line = new StringBuilder();
        for (int index = 0; index < row.size(); index++) {
            String cell = row.get(index);
            Column column = columns.get(index);
            String blanks = " ".repeat(column.width() - cell.length());
            line.append("  ").append(column.numeric() ? blanks + cell : cell + blanks);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        int width = 0;
        for (List<String> row : rows) {
            width = Math.max(width, row.get(column).length());
        }
        return width;
    }

    private boolean isNumeric(int column) {
        boolean numeric = column > 0;
        for (List<String> row : rows.subList(1, rows.size())) {
            numeric = numeric && NUMBER.matcher(row.get(column)).matches();
        }
        return numeric;
    }
}
