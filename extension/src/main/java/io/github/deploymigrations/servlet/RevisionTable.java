package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The revisions of one database that the address asks for, newest first. */
final class RevisionTable {
    private static final List<String> COLUMNS =
            List.of("Revision", "Description", "State", "Applied (UTC)", "Took", "Node", "Checksum");
    /** How many rows are shown at first. */
    private static final int ROWS = 100;

    private static final int SHORT_CHECKSUM = 8;

    private final Html html;
    private final MigrationReport report;
    private final PageQuery query;
    private final String address;
    private final Duration longest;

    /** @param address of the page about the database alone */
    RevisionTable(Html html, MigrationReport report, PageQuery query, String address) {
        this.html = html;
        this.report = report;
        this.query = query;
        this.address = address;
        this.longest = report.revisions().stream()
                .flatMap(revision -> took(revision, report).stream())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** How long it took to apply the revision, if this run or the history knows. */
    static Optional<Duration> took(Revision revision, MigrationReport report) {
        // what was applied here and has been taken back since took no time that counts
        return revision.state().isApplied()
                ? Optional.ofNullable(report.appliedNow().get(revision.id())).or(revision::duration)
                : Optional.empty();
    }

    void write() {
        List<Revision> found = found();
        List<Revision> older = found.stream()
                .filter(revision -> query.before()
                        .map(id -> revision.id().compareTo(id) < 0)
                        .orElse(true))
                .toList();
        List<Revision> shown = query.all() ? found : older.subList(0, Math.min(ROWS, older.size()));
        html.element("p", query.selects() ? matches(found.size()) : "", "class", "found", "role", "status");
        if (!shown.isEmpty()) {
            table(shown, found.size());
        }
        further(shown, found, older);
    }

    private List<Revision> found() {
        List<Revision> found = new ArrayList<>(
                report.revisions().stream().filter(query::selects).toList());
        Collections.reverse(found);
        return found;
    }

    private String matches(int found) {
        return found == 0
                ? "No revision is like that."
                : Words.number(found) + " of " + Words.count(report.revisions().size(), "revision");
    }

    private void table(List<Revision> shown, int found) {
        // says the roles that its elements have anyway: a browser forgets them where the style sheet makes cards of
        // rows
        html.open("table", "role", "table", "class", "revisions");
        html.element(
                "caption",
                (shown.size() < found ? Words.number(shown.size()) + " of " : "") + Words.count(found, "revision")
                        + ", newest first");
        html.open("thead", "role", "rowgroup").open("tr", "role", "row");
        COLUMNS.forEach(column -> html.element("th", column, "scope", "col", "role", "columnheader"));
        html.close().close();
        html.open("tbody", "role", "rowgroup");
        shown.forEach(this::row);
        html.close().close();
    }

    private void further(List<Revision> shown, List<Revision> found, List<Revision> older) {
        if (shown.size() == found.size()) {
            return;
        }
        html.open("p", "class", "further");
        if (query.before().isPresent()) {
            html.element("a", "Newest", "href", address + query.in(query.state()))
                    .text(" ");
        }
        if (shown.size() < older.size()) {
            int next = Math.min(ROWS, older.size() - shown.size());
            html.element(
                            "a",
                            "The " + next + " before them",
                            "href",
                            address
                                    + query.olderThan(
                                            shown.get(shown.size() - 1).id()))
                    .text(" ");
        }
        html.element("a", "All " + Words.number(found.size()), "href", address + query.withAll());
        html.close();
    }

    private void row(Revision revision) {
        html.open("tr", "role", "row");
        html.open("th", "scope", "row", "role", "rowheader");
        html.element("a", revision.id(), "href", address + "?revision=" + revision.id())
                .close();
        html.open("td", "role", "cell", "class", "description").text(revision.description());
        script(revision);
        html.close();
        html.open("td", "role", "cell");
        html.element("span", Words.name(revision.state()), "class", "badge " + Words.style(revision.state()));
        html.close();
        applied(revision);
        took(revision);
        cell("node", "Node", revision.node().orElse(""));
        checksum(revision);
        html.close();
    }

    private void script(Revision revision) {
        if (revision.script().isEmpty()) {
            return;
        }
        String script = revision.script().get();
        html.open("span", "class", "script");
        html.open("code", "title", script)
                .path(script.substring(script.lastIndexOf('/') + 1))
                .close();
        html.close();
    }

    private void applied(Revision revision) {
        html.open("td", "role", "cell", "class", "applied", "data-label", "Applied (UTC)");
        revision.appliedAt().ifPresent(instant -> Times.bare(html, instant));
        html.close();
    }

    private void took(Revision revision) {
        html.open("td", "role", "cell", "class", "took", "data-label", "Took");
        took(revision, report).ifPresent(duration -> {
            html.element("span", Words.duration(duration), "class", "number");
            Bars.write(html, duration, longest);
            if (report.appliedNow().containsKey(revision.id())) {
                html.element("span", "this deployment", "class", "note");
            }
        });
        html.close();
    }

    private void cell(String style, String label, String text) {
        html.element("td", text, "role", "cell", "class", style, "data-label", label);
    }

    /** Its beginning, as people tell texts apart by that; the whole is on the revision's own page too. */
    private void checksum(Revision revision) {
        html.open("td", "role", "cell", "class", "checksum", "data-label", "Checksum");
        revision.checksum().ifPresent(checksum -> {
            String hex = checksum.substring(checksum.indexOf(':') + 1);
            html.element("code", hex.substring(0, Math.min(SHORT_CHECKSUM, hex.length())), "title", checksum);
        });
        html.close();
    }
}
