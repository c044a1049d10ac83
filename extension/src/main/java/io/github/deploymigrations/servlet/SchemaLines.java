package io.github.deploymigrations.servlet;

import java.util.List;

/** What came to a schema and what went from it, a line each. */
final class SchemaLines {
    /** A page is no place for ten thousand lines; the JSON and the history have them all. */
    private static final int MOST = 500;

    private SchemaLines() {}

    /** Writes nothing where there are none. */
    static void write(Html html, String heading, String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        html.element(heading, title, "class", "part");
        html.open("pre", "class", "listing", "tabindex", "0", "aria-label", title, "role", "region");
        html.open("code");
        lines.stream()
                .limit(MOST)
                .forEach(line -> html.open("span", "class", "line", "data-line", "")
                        .text(line + "\n")
                        .close());
        html.close().close();
        if (lines.size() > MOST) {
            html.element("p", "And " + Words.number(lines.size() - MOST) + " more.", "class", "note");
        }
    }
}
