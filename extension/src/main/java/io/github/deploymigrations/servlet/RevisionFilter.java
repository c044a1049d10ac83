package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.RevisionState;
import java.util.Map;
import java.util.Optional;

/** What chooses among the revisions of a database: its states with their counts, and a search. */
final class RevisionFilter {
    private final Html html;
    private final PageQuery query;
    private final String address;

    /** @param address of the page about the database alone */
    RevisionFilter(Html html, PageQuery query, String address) {
        this.html = html;
        this.query = query;
        this.address = address;
    }

    void write(MigrationReport report) {
        html.open("ul", "class", "counts", "aria-label", "Revisions by state");
        if (report.counts().size() > 1 || query.state().isPresent()) {
            html.open("li");
            begin(Optional.empty());
            html.element("strong", Words.number(report.revisions().size())).text(" All");
            html.close().close();
        }
        for (Map.Entry<RevisionState, Integer> count : report.counts().entrySet()) {
            RevisionState state = count.getKey();
            html.open("li", "class", Words.style(state));
            begin(Optional.of(state));
            html.element("strong", Words.number(count.getValue())).text(" ");
            html.element("span", Words.name(state), "class", "state").close().text(" ");
            html.element("span", Words.meaning(state), "class", "note");
            html.close();
        }
        html.close();
        search(report);
    }

    private void begin(Optional<RevisionState> state) {
        String target = address + query.in(state);
        if (query.state().equals(state)) {
            html.open("a", "href", target, "aria-current", "true");
        } else {
            html.open("a", "href", target);
        }
    }

    private void search(MigrationReport report) {
        html.open("form", "class", "search", "role", "search", "method", "get", "action", address);
        query.state().ifPresent(state -> html.tag("input", "type", "hidden", "name", "state", "value", state.name()));
        if (!query.refreshes()) {
            html.tag("input", "type", "hidden", "name", "refresh", "value", "off");
        }
        String field = report.name() + "-q";
        html.element("label", "Search", "for", field);
        html.tag(
                "input",
                "type",
                "search",
                "id",
                field,
                "name",
                "q",
                "value",
                query.text(),
                "maxlength",
                "200",
                "autocomplete",
                "off",
                "spellcheck",
                "false",
                "placeholder",
                "id, words of the description or file");
        html.element("button", "Search", "type", "submit").close();
    }
}
