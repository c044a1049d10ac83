package io.github.deploymigrations.servlet;

import io.github.deploymigrations.FailedStatement;
import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.Revision;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.scripts.ScriptText;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The page about one revision: what is known of it, its script, and what was tried with it. */
final class RevisionPage {
    private final Site site;
    private final Status status;
    private final MigrationReport report;
    private final Revision revision;
    private final String address;

    /** @param status of the revision's block alone */
    RevisionPage(Site site, Status status, Revision revision) {
        this.site = site;
        this.status = status;
        this.report = status.now().databases().get(0).report();
        this.revision = revision;
        this.address = site.address("/" + report.name());
    }

    String write(Optional<Controls> controls) {
        String title = Words.name(revision.state()) + " – revision " + revision.id() + " of " + site.application();
        return new Frame(site).page(title, Frame.STILL, html -> main(html, controls), html -> StatusPage.readAt(html));
    }

    private void main(Html html, Optional<Controls> controls) {
        html.open("nav", "class", "back", "aria-label", "Back");
        html.element("a", "Database " + report.name(), "href", address).close();
        html.open("section", "class", "database");
        html.open("div", "class", "heading");
        html.element("h1", "Revision " + revision.id());
        html.element("span", Words.name(revision.state()), "class", "badge " + Words.style(revision.state()));
        html.element("span", Words.meaning(revision.state()), "class", "note").close();
        html.element("p", revision.description(), "class", "lead");
        facts(html);
        controls.ifPresent(granted -> new ActionForms(html, address, granted).revision(revision, report));
        Optional<MigrationFailure> error = error();
        error.ifPresent(failure -> FailurePanel.ofRevision(html, report.name()).write(failure));
        if (revision.state().isApplied()) {
            SchemaLines.write(html, "h2", "What it changed", status.changes(report.name(), revision.id()));
        }
        script(html, error.flatMap(MigrationFailure::statement));
        history(html);
        html.close();
    }

    /** The revision's own failure, or the run's if it stopped at this revision. */
    private Optional<MigrationFailure> error() {
        return revision.error()
                .or(() -> report.failure()
                        .filter(failure ->
                                failure.statement().map(FailedStatement::script).equals(revision.script())
                                        && revision.script().isPresent()));
    }

    private void facts(Html html) {
        html.open("dl", "class", "facts");
        revision.appliedAt().ifPresent(instant -> {
            html.open("div").element("dt", "Applied").open("dd");
            Times.utc(html, instant);
            if (!revision.appliedAtExact()) {
                html.element("span", "by the changelog, in this server's zone", "class", "note");
            }
            html.close().close();
        });
        fact(html, "Took", RevisionTable.took(revision, report).map(Words::duration));
        fact(html, "Node", revision.node());
        fact(
                html,
                "Statements",
                revision.statements().isPresent()
                        ? Optional.of(Words.number(revision.statements().getAsInt()))
                        : Optional.empty());
        html.open("div", "class", "wide").element("dt", "Script").open("dd");
        revision.script()
                .ifPresentOrElse(
                        script -> html.open("code").path(script).close(), () -> html.text("not in this release"));
        html.close().close();
        revision.checksum()
                .ifPresent(checksum -> html.open("div", "class", "wide")
                        .element("dt", "Checksum")
                        .open("dd")
                        .element("code", checksum)
                        .close()
                        .close());
        html.close();
    }

    private static void fact(Html html, String name, Optional<String> value) {
        value.ifPresent(known ->
                html.open("div").element("dt", name).element("dd", known).close());
    }

    private void script(Html html, Optional<FailedStatement> failed) {
        if (revision.script().isEmpty()) {
            return;
        }
        Optional<ScriptText> text = status.script(report.name(), revision.id());
        text.ifPresentOrElse(
                script -> new ScriptListing(html, script).write(failed),
                () -> html.element("p", "The script's file cannot be read at present.", "class", "note"));
    }

    private void history(Html html) {
        List<HistoryTable.Entry> entries = status.history(report.name()).orElse(List.of()).stream()
                .filter(entry -> entry.attempt().revision().equals(revision.id()))
                .toList();
        if (!entries.isEmpty()) {
            html.element("h2", "History", "class", "part");
            new AttemptTable(html, address, Set.of())
                    .write(entries, Words.count(entries.size(), "attempt") + " of the last ones, newest first");
        }
    }
}
