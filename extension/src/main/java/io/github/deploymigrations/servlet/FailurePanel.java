package io.github.deploymigrations.servlet;

import io.github.deploymigrations.DatabaseError;
import io.github.deploymigrations.FailedStatement;
import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.messages.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The part of the page about a failure: what happened, where, what the database said, and what to do. */
final class FailurePanel {
    private final Html html;
    private final String id;
    private final int level;
    private final Optional<String> script;

    private FailurePanel(Html html, String database, int level, Optional<String> script) {
        this.html = html;
        this.id = database + "-failure";
        this.level = level;
        this.script = script;
    }

    /**
     * Below a database's name.
     *
     * @param script address of the script that failed, if it has a page
     */
    static FailurePanel ofDatabase(Html html, String database, Optional<String> script) {
        return new FailurePanel(html, database, 3, script);
    }

    /** On the page that has the script. */
    static FailurePanel ofRevision(Html html, String database) {
        return new FailurePanel(html, database, 2, Optional.empty());
    }

    void write(MigrationFailure failure) {
        html.open("section", "class", "failure", "aria-labelledby", id);
        html.element("p", failure.explanation().code(), "class", "code");
        html.element("h" + level, failure.explanation().what(), "id", id);
        FailureText.ownPlace(failure).ifPresent(this::place);
        findings(FailureText.furtherFindings(failure));
        failure.statement().ifPresent(this::statement);
        failure.database().ifPresent(this::database);
        applied(failure.applied());
        String action = FailureText.action(failure);
        if (!action.isEmpty()) {
            html.open("div", "class", "action").element("h" + (level + 1), "What to do");
            html.element("p", action).close();
        }
        html.close();
    }

    private void place(String where) {
        html.open("p", "class", "note").text("Found in ").element("code", where).close();
    }

    private void findings(List<Problem> findings) {
        if (findings.isEmpty()) {
            return;
        }
        html.open("ul", "class", "findings");
        for (Problem finding : findings) {
            html.open("li");
            html.element("span", finding.explanation().code(), "class", "code").text(" ");
            html.element("code", finding.where());
            html.element("p", finding.explanation().what());
            html.element("p", finding.explanation().action(), "class", "note");
            html.close();
        }
        html.close();
    }

    private void statement(FailedStatement failed) {
        html.element("h" + (level + 1), "Where");
        html.open("p");
        html.element("code", failed.script());
        html.text(", line " + failed.line() + ", statement " + failed.number());
        script.ifPresent(address -> html.text(" · ").element("a", "See it in the script", "href", address + "#failed"));
        html.close();
        block(failed.text());
    }

    private void database(DatabaseError error) {
        html.element("h" + (level + 1), "What the database said");
        block(error.message());
        html.open("p", "class", "note");
        error.sqlState()
                .ifPresent(
                        state -> html.text("SQLState ").element("code", state).text(" · "));
        html.text("vendor code ").element("code", error.vendorCode());
        html.close();
    }

    /** Can be scrolled by keyboard, where it is wider than the screen. */
    private void block(String text) {
        html.open("pre", "tabindex", "0").element("code", text.stripTrailing()).close();
    }

    private void applied(List<RevisionId> applied) {
        if (!applied.isEmpty()) {
            html.element("h" + (level + 1), "Applied before it");
            html.element(
                    "p",
                    applied.stream().map(RevisionId::toString).collect(Collectors.joining(", ")) + " – and "
                            + (applied.size() == 1 ? "stays" : "stay") + " applied.");
        }
    }
}
