package io.github.deploymigrations.servlet;

import io.github.deploymigrations.Progress;
import io.github.deploymigrations.RunInProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of the page about a run that is at work now: where, since when, and how far it is. */
final class RunPanel {
    private final Html html;
    private final String id;

    RunPanel(Html html, String database) {
        this.html = html;
        this.id = database + "-run";
    }

    void write(RunInProgress run, PageQuery query, String address) {
        html.open("section", "class", "run", "id", id, "aria-labelledby", id + "-name");
        html.element("h3", "A run is at work", "id", id + "-name");
        run.progress()
                .ifPresentOrElse(
                        this::progress, () -> html.element("p", "How far it is cannot be seen yet.", "class", "note"));
        html.open("dl", "class", "facts");
        fact("Node", run.node());
        fact("Deployment", run.deployment());
        run.since().ifPresent(since -> since("Since", since));
        fact("Session in the database", run.session());
        html.close();
        html.open("p", "class", "note");
        html.text(
                query.refreshes()
                        ? "This page brings itself up to date. "
                        : "This page does not bring itself up to date. ");
        html.element(
                "a",
                query.refreshes() ? "Stop that" : "Let it",
                "href",
                address + query.refreshing(!query.refreshes()));
        html.close().close();
    }

    private void progress(Progress progress) {
        // told by a screen reader as it changes, which once a statement is often enough
        html.open("p", "class", "step", "role", "status").text(step(progress)).close();
        progress.script()
                .ifPresent(script ->
                        html.open("p").open("code").path(script).close().close());
        if (progress.statements() > 0) {
            html.element(
                    "progress",
                    "",
                    "max",
                    String.valueOf(progress.statements()),
                    "value",
                    String.valueOf(Math.max(0, progress.statement() - 1)),
                    "aria-label",
                    "Statements that are done");
        }
        List<String> more = new ArrayList<>();
        progress.lapse().ifPresent(lapse -> more.add("this script for " + Words.duration(lapse)));
        if (progress.rows().isPresent()) {
            more.add(Words.count(progress.rows().getAsLong(), "row") + " changed so far");
        }
        html.element("p", String.join(" · ", more), "class", "note");
    }

    private static String step(Progress progress) {
        String script = progress.number().isPresent() && progress.scripts().isPresent()
                ? "Script " + progress.number().getAsInt() + " of "
                        + progress.scripts().getAsInt() + ", s"
                : "S";
        return script + "tatement " + Words.number(progress.statement()) + " of " + Words.number(progress.statements());
    }

    private void fact(String name, Optional<String> value) {
        value.ifPresent(known ->
                html.open("div").element("dt", name).element("dd", known).close());
    }

    private void since(String name, Instant instant) {
        html.open("div").element("dt", name).open("dd");
        Times.utc(html, instant);
        html.close().close();
    }
}
