package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.deployment.DatabaseReport;
import io.github.deploymigrations.settings.DatabaseSettings;
import java.util.Map;
import java.util.Optional;

/** The part of the page about one database. */
final class DatabaseSection {
    private final Site site;

    DatabaseSection(Site site) {
        this.site = site;
    }

    void write(Html html, DatabaseReport database) {
        MigrationReport report = database.report();
        String name = report.name();
        html.open("section", "class", "database", "id", name, "aria-labelledby", name + "-name");
        html.open("div", "class", "heading");
        html.open("h2", "id", name + "-name").element("span", "Database ", "class", "note");
        html.element("a", name, "href", site.address("/" + name)).close();
        html.element("span", Words.name(report.status()), "class", "badge " + Words.style(report.status()));
        html.close();
        facts(html, database);
        report.failure().ifPresent(failure -> new FailurePanel(html, name).write(failure));
        counts(html, report);
        if (!report.revisions().isEmpty()) {
            RevisionTable.write(html, report);
        }
        html.close();
    }

    private static void facts(Html html, DatabaseReport database) {
        MigrationReport report = database.report();
        Optional<DatabaseSettings> settings = database.settings();
        html.open("dl", "class", "facts");
        report.current()
                .map(RevisionId::toString)
                .or(() -> none(report))
                .ifPresent(current -> html.open("div")
                        .element("dt", "Revision")
                        .element("dd", current, "class", "current")
                        .close());
        fact(html, "Product", report.product());
        fact(html, "Data source", settings.map(DatabaseSettings::dataSource));
        fact(html, "Environment", settings.map(block -> report.environment()));
        fact(html, "Mode", settings.map(block -> report.mode()));
        fact(html, "Changelog", report.changelog());
        if (report.status() != MigrationStatus.OFF) {
            html.open("div").element("dt", "Run").open("dd");
            html.element(
                    "time",
                    Words.time(report.startedAt()) + " UTC",
                    "datetime",
                    report.startedAt().toString());
            html.element("span", "took " + Words.duration(report.duration()), "class", "note");
            html.close().close();
        }
        html.close();
    }

    /** A database that was read and has no revision, and not one that nobody could read. */
    private static Optional<String> none(MigrationReport report) {
        return report.revisions().isEmpty() ? Optional.empty() : Optional.of("none yet");
    }

    private static void fact(Html html, String name, Optional<String> value) {
        value.ifPresent(known ->
                html.open("div").element("dt", name).element("dd", known).close());
    }

    private static void counts(Html html, MigrationReport report) {
        if (report.revisions().isEmpty()) {
            return;
        }
        html.open("ul", "class", "counts", "aria-label", "Revisions by state");
        for (Map.Entry<RevisionState, Integer> count : report.counts().entrySet()) {
            RevisionState state = count.getKey();
            html.open("li", "class", Words.style(state));
            html.element("strong", count.getValue()).text(" ");
            html.element("span", Words.name(state), "class", "state").text(" ");
            html.element("span", Words.meaning(state), "class", "note");
            html.close();
        }
        html.close();
    }
}
