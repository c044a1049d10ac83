package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.Revision;
import java.time.Duration;
import java.util.List;

/** The revisions of one database, newest first. */
final class RevisionTable {
    private static final List<String> COLUMNS =
            List.of("Revision", "Description", "State", "Applied (UTC)", "Statements", "Script");

    private RevisionTable() {}

    static void write(Html html, MigrationReport report) {
        // says the roles that its elements have anyway: a browser forgets them where the style sheet makes cards of
        // rows
        html.open("table", "role", "table");
        html.element("caption", Words.count(report.revisions().size(), "revision") + ", newest first");
        html.open("thead", "role", "rowgroup").open("tr", "role", "row");
        COLUMNS.forEach(column -> html.element("th", column, "scope", "col", "role", "columnheader"));
        html.close().close();
        html.open("tbody", "role", "rowgroup");
        for (int i = report.revisions().size() - 1; i >= 0; i--) {
            row(html, report.revisions().get(i), report);
        }
        html.close().close();
    }

    private static void row(Html html, Revision revision, MigrationReport report) {
        html.open("tr", "role", "row");
        html.element("th", revision.id(), "scope", "row", "role", "rowheader");
        html.element("td", revision.description(), "role", "cell", "class", "description");
        html.open("td", "role", "cell");
        html.element("span", Words.name(revision.state()), "class", "badge " + Words.style(revision.state()));
        html.close();
        applied(html, revision, report.appliedNow().get(revision.id()));
        html.element(
                "td",
                revision.statements().isPresent() ? revision.statements().getAsInt() : "",
                "role",
                "cell",
                "class",
                "number",
                "data-label",
                "Statements");
        html.open("td", "role", "cell", "class", "script", "data-label", "Script");
        revision.script()
                .ifPresent(script -> html.open("code", "title", script)
                        .path(fileName(script))
                        .close());
        html.close().close();
    }

    private static void applied(Html html, Revision revision, Duration now) {
        html.open("td", "role", "cell", "class", "applied", "data-label", "Applied (UTC)");
        revision.appliedAt()
                .ifPresent(instant -> html.element("time", Words.time(instant), "datetime", instant.toString()));
        if (now != null) {
            html.element("span", "this deployment, " + Words.duration(now), "class", "note");
        }
        html.close();
    }

    private static String fileName(String script) {
        return script.substring(script.lastIndexOf('/') + 1);
    }
}
