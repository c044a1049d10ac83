package io.github.deploymigrations.servlet;

import io.github.deploymigrations.FailedStatement;
import io.github.deploymigrations.scripts.ScriptText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A script with the numbers of its lines, and the statement that failed marked. */
final class ScriptListing {
    private final Html html;
    private final ScriptText script;

    ScriptListing(Html html, ScriptText script) {
        this.html = html;
        this.script = script;
    }

    void write(Optional<FailedStatement> failed) {
        List<String> lines =
                Stream.concat(script.up().stream(), script.undo().stream()).toList();
        Marked marked = failed.map(statement -> Marked.in(lines, statement)).orElse(Marked.NONE);
        boolean shown = failed.isPresent() && (script.whole() || failed.get().line() <= lines.size());
        if (shown && marked.equals(Marked.NONE)) {
            html.element(
                    "p",
                    "The statement that failed is not in this text: the script was another one then.",
                    "class",
                    "note");
        }
        part("Up", script.up(), 1, marked);
        part("Undo", script.undo(), script.up().size() + 1, marked);
        if (!script.whole()) {
            html.element("p", "The file goes on; this is the first megabyte of it.", "class", "note");
        }
    }

    private void part(String name, List<String> lines, int first, Marked marked) {
        html.element("h2", name, "class", "part");
        if (lines.isEmpty()) {
            html.element("p", "The script has no such part.", "class", "note");
            return;
        }
        html.open("pre", "class", "listing", "tabindex", "0", "aria-label", name + " part", "role", "region");
        html.open("code");
        for (int i = 0; i < lines.size(); i++) {
            line(lines.get(i), first + i, marked);
        }
        html.close().close();
    }

    private void line(String text, int number, Marked marked) {
        boolean failed = marked.first() <= number && number <= marked.last();
        if (failed && number == marked.first()) {
            html.open("mark", "id", "failed");
        }
        html.open("span", "class", number == marked.error() ? "line error" : "line", "data-line", "" + number);
        html.text(text + "\n").close();
        if (failed && number == marked.last()) {
            html.close();
        }
    }

    /**
     * The lines of a statement, and the one on which the database found the error; line 0 for none.
     */
    private record Marked(int first, int last, int error) {
        static final Marked NONE = new Marked(0, -1, 0);

        /** A failure names the line of the error, which is not always the first one of the statement. */
        static Marked in(List<String> lines, FailedStatement failed) {
            List<String> statement = failed.text().lines().toList();
            for (int first = failed.line(); first > failed.line() - statement.size() && first > 0; first--) {
                if (isAt(lines, first, statement)) {
                    return new Marked(first, first + statement.size() - 1, failed.line());
                }
            }
            return NONE;
        }

        /** Only the beginning of a long statement is kept, which may end in the middle of a line. */
        private static boolean isAt(List<String> lines, int first, List<String> statement) {
            if (first - 1 + statement.size() > lines.size()) {
                return false;
            }
            for (int i = 0; i < statement.size(); i++) {
                String line = lines.get(first - 1 + i).strip();
                String wanted = statement.get(i).strip();
                boolean edge = i == 0 || i == statement.size() - 1;
                if (edge ? !line.contains(wanted) : !line.equals(wanted)) {
                    return false;
                }
            }
            return true;
        }
    }
}
