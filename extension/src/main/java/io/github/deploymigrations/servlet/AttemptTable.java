package io.github.deploymigrations.servlet;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.Attempt;
import io.github.deploymigrations.changelog.HistoryTable;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What was tried with the revisions of a database, newest first. */
final class AttemptTable {
    private static final List<String> COLUMNS =
            List.of("Begun (UTC)", "What", "Revision", "Took", "Node", "Deployment", "By");

    private final Html html;
    private final String address;
    private final Set<RevisionId> known;

    /**
     * @param address of the page about the database alone
     * @param known revisions, which have pages
     */
    AttemptTable(Html html, String address, Set<RevisionId> known) {
        this.html = html;
        this.address = address;
        this.known = known;
    }

    void write(List<HistoryTable.Entry> entries, String caption) {
        html.open("table", "role", "table", "class", "attempts");
        html.element("caption", caption);
        html.open("thead", "role", "rowgroup").open("tr", "role", "row");
        COLUMNS.forEach(column -> html.element("th", column, "scope", "col", "role", "columnheader"));
        html.close().close();
        html.open("tbody", "role", "rowgroup");
        Duration longest = entries.stream()
                .map(entry -> took(entry.attempt()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        entries.forEach(entry -> row(entry, longest));
        html.close().close();
    }

    private static Duration took(Attempt attempt) {
        return attempt.took().orElse(Duration.ZERO);
    }

    private void row(HistoryTable.Entry entry, Duration longest) {
        Attempt attempt = entry.attempt();
        html.open("tr", "role", "row");
        html.open("td", "role", "cell", "class", "applied");
        Times.bare(html, attempt.startedAt());
        html.close();
        what(entry);
        revision(attempt);
        html.open("td", "role", "cell", "class", "took", "data-label", "Took");
        if (attempt.endedAt().isPresent()) {
            html.element("span", Words.duration(took(attempt)), "class", "number");
            Bars.write(html, took(attempt), longest);
        }
        html.close();
        cell("Node", attempt.node());
        cell("Deployment", attempt.deployment());
        cell("By", attempt.actor());
        html.close();
    }

    private void what(HistoryTable.Entry entry) {
        Attempt attempt = entry.attempt();
        html.open("td", "role", "cell", "class", "what");
        html.element("span", Words.attempt(attempt), "class", "badge " + Words.style(attempt.outcome()));
        if (attempt.outcome() != Attempt.Outcome.DONE && attempt.statements() > 0) {
            html.text(" ")
                    .element(
                            "span",
                            Words.number(attempt.done()) + " of " + Words.count(attempt.statements(), "statement")
                                    + " committed",
                            "class",
                            "note");
        }
        entry.backup()
                .ifPresent(file -> html.open("p", "class", "note")
                        .text("Backup before it: ")
                        .element("code", file)
                        .close());
        entry.error()
                .ifPresent(error -> html.open("details")
                        .element("summary", "What the database said")
                        .open("pre", "tabindex", "0")
                        .element("code", error)
                        .close()
                        .close());
        html.close();
    }

    private void revision(Attempt attempt) {
        html.open("td", "role", "cell", "class", "description", "data-label", "Revision");
        if (known.contains(attempt.revision())) {
            html.element("a", attempt.revision(), "href", address + "?revision=" + attempt.revision());
        } else {
            html.text(attempt.revision());
        }
        html.text(" ").element("span", attempt.description(), "class", "note").close();
    }

    private void cell(String label, String text) {
        html.element("td", text, "role", "cell", "class", "node", "data-label", label);
    }
}
