package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RevisionState;
import java.util.List;

/** The buttons of a page that may act. What takes something away asks first, and does so without a script. */
final class ActionForms {
    private final Html html;
    private final String address;
    private final Controls controls;

    /** @param address of the page about the database alone */
    ActionForms(Html html, String address, Controls controls) {
        this.html = html;
        this.address = address;
        this.controls = controls;
    }

    /** What can be done with a database as a whole; nothing while a run is at work on it. */
    void database(MigrationReport report) {
        if (report.running().isPresent() || report.status() == MigrationStatus.OFF) {
            return;
        }
        html.open("div", "class", "actions", "role", "group", "aria-label", "Actions");
        int pending = report.in(RevisionState.PENDING).size();
        boolean again = report.status() == MigrationStatus.FAILED;
        if (pending > 0 || again) {
            form("run", pending > 0 ? "Apply " + Words.count(pending, "pending script") : "Run again");
        }
        report.current()
                .ifPresent(current -> ask(
                        "Undo the newest revision",
                        "The undo part of " + current + " runs. What it drops or deletes is gone.",
                        () -> form("undo", "Undo " + current, "steps", "1")));
        html.close();
    }

    /** What can be done with one revision in its present state. */
    void revision(Revision revision, MigrationReport report) {
        if (report.running().isPresent()) {
            return;
        }
        html.open("div", "class", "actions", "role", "group", "aria-label", "Actions");
        switch (revision.state()) {
            case FAILED, INTERRUPTED -> unfinished(revision);
            case CHANGED -> resolve(revision, "accept", "Accept the new text", "It counts as what was applied.");
            case MISSING -> resolve(revision, "accept", "Retire it", "It stays applied, and its script is not missed.");
            case LATE -> resolve(revision, "skip", "Skip it for ever", "It is never applied to this database.");
            case APPLIED, BASELINE, NEWER, PENDING, RUNNING, SKIPPED, UNDONE -> {
                // settled, or left to the next run
            }
        }
        if (revision.state().isApplied()) {
            undoTo(revision.id(), report);
        }
        html.close();
    }

    private void unfinished(Revision revision) {
        String id = revision.id().toString();
        ask(
                "Forget the attempt",
                "It then counts as never tried. What it left in the database stays there.",
                () -> form("reset", "Forget it", "revision", id));
        resolve(
                revision,
                "resume",
                "Resume it",
                "The script goes on now, behind the last statement that is committed.");
        resolve(revision, "pending", "It left nothing", "The next run applies the whole script.");
        resolve(revision, "applied", "It is all there", "You have completed it by hand; it counts as applied.");
    }

    private void undoTo(RevisionId id, MigrationReport report) {
        List<RevisionId> above = report.revisions().stream()
                .filter(other -> other.state().isApplied() && other.id().compareTo(id) > 0)
                .map(Revision::id)
                .toList();
        if (!above.isEmpty()) {
            String revisions = Words.count(above.size(), "revision");
            ask(
                    "Undo down to this revision",
                    "The undo parts of " + revisions + " above it run, the newest first; this one stays. What they drop"
                            + " or delete is gone.",
                    () -> form("undo", "Undo " + revisions, "to", id.toString()));
        }
    }

    private void resolve(Revision revision, String as, String label, String meaning) {
        ask(
                label,
                meaning,
                () -> form("resolve", label, "revision", revision.id().toString(), "as", as));
    }

    /** A button that opens what it means, and there the one that does it. */
    private void ask(String label, String meaning, Runnable form) {
        html.open("details", "class", "ask").element("summary", label);
        html.open("div").element("p", meaning);
        form.run();
        html.close().close();
    }

    private void form(String action, String label, String... parameters) {
        html.open("form", "method", "post", "action", address + "/" + action);
        html.tag("input", "type", "hidden", "name", "token", "value", controls.token());
        for (int i = 0; i < parameters.length; i += 2) {
            html.tag("input", "type", "hidden", "name", parameters[i], "value", parameters[i + 1]);
        }
        html.element("button", label, "type", "submit").close();
    }
}
