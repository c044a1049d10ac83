package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.deployment.DatabaseReport;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.settings.DatabaseSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The part of the page about one database. */
final class DatabaseSection {
    private final Html html;
    private final Status status;
    private final PageQuery query;
    private final MigrationReport report;
    private final Optional<DatabaseSettings> settings;
    private final String address;

    DatabaseSection(Html html, Site site, Status status, PageQuery query, DatabaseReport database) {
        this.html = html;
        this.status = status;
        this.query = query;
        this.report = database.report();
        this.settings = database.settings();
        this.address = site.address("/" + report.name());
    }

    void write(Optional<Controls> controls) {
        String name = report.name();
        html.open("section", "class", "database", "id", name, "aria-labelledby", name + "-name");
        html.open("div", "class", "heading");
        html.open("h2", "id", name + "-name").element("span", "Database ", "class", "note");
        html.element("a", name, "href", address).close();
        html.element("span", Words.name(report.status()), "class", "badge " + Words.style(report.status()));
        html.close();
        report.running().ifPresent(run -> new RunPanel(html, name).write(run, query, address));
        report.failure()
                .ifPresent(failure ->
                        FailurePanel.ofDatabase(html, name, script(failure)).write(failure));
        warnings();
        SchemaLines.write(html, "h3", "Changed by hand", report.drift().orElse(List.of()));
        facts();
        RunTime.write(html, report);
        controls.ifPresent(granted -> new ActionForms(html, address, granted).database(report));
        if (!report.revisions().isEmpty()) {
            html.element("h3", "Revisions", "class", "part");
            new RevisionFilter(html, query, address).write(report);
            new RevisionTable(html, report, query, address).write();
        }
        history();
        html.close();
    }

    /** The page of the script that failed. */
    private Optional<String> script(MigrationFailure failure) {
        return failure.statement()
                .flatMap(failed -> report.revisions().stream()
                        .filter(revision -> revision.script()
                                .filter(failed.script()::equals)
                                .isPresent())
                        .map(revision -> address + "?revision=" + revision.id())
                        .findFirst());
    }

    private void warnings() {
        if (report.warnings().isEmpty()) {
            return;
        }
        html.open("ul", "class", "warnings", "aria-label", "Warnings");
        for (Explanation warning : report.warnings()) {
            html.open("li").element("span", warning.code(), "class", "code").text(" ");
            html.text(warning.what());
            html.element("p", warning.action(), "class", "note").close();
        }
        html.close();
    }

    private void facts() {
        html.open("dl", "class", "facts");
        report.current()
                .map(RevisionId::toString)
                .or(this::none)
                .ifPresent(current -> html.open("div")
                        .element("dt", "Revision")
                        .element("dd", current, "class", "current")
                        .close());
        fact("Product", report.product());
        fact("Data source", settings.map(DatabaseSettings::dataSource));
        fact("Environment", settings.map(block -> report.environment()));
        fact("Mode", settings.map(block -> report.mode()));
        fact("Changelog", report.changelog());
        fact("Node", Optional.of(report.node()));
        fact("Deployment", status.deployment(report.name()));
        if (report.status() != MigrationStatus.OFF) {
            html.open("div").element("dt", "Run").open("dd");
            Times.utc(html, report.startedAt());
            html.element("span", "took " + Words.duration(report.duration()), "class", "note");
            html.close().close();
        }
        fact("Backup before it", report.backup());
        if (!report.undoneNow().isEmpty()) {
            fact("Undone", Optional.of(ids(report.undoneNow().keySet())));
        }
        if (!report.lockWait().isZero()) {
            fact("Waited for the lock", Optional.of(Words.duration(report.lockWait())));
        }
        html.close();
    }

    private static String ids(Set<RevisionId> revisions) {
        return revisions.stream().map(RevisionId::toString).collect(Collectors.joining(", "));
    }

    /** A database that was read and has no revision, and not one that nobody could read. */
    private Optional<String> none() {
        return report.revisions().isEmpty() ? Optional.empty() : Optional.of("none yet");
    }

    private void fact(String name, Optional<String> value) {
        value.ifPresent(known ->
                html.open("div").element("dt", name).element("dd", known).close());
    }

    /** What was tried; nothing of it where nobody could look at the revisions either. */
    private void history() {
        if (report.revisions().isEmpty()) {
            return;
        }
        Optional<List<HistoryTable.Entry>> entries = status.history(report.name());
        if (entries.isPresent() && entries.get().isEmpty()) {
            return;
        }
        html.element("h3", "History", "class", "part");
        if (entries.isEmpty()) {
            html.element("p", "The history cannot be read at present.", "class", "note");
        } else {
            new AttemptTable(
                            html,
                            address,
                            report.revisions().stream().map(Revision::id).collect(Collectors.toSet()))
                    .write(
                            entries.get(),
                            "The last " + Words.count(entries.get().size(), "attempt") + ", newest first");
        }
    }
}
