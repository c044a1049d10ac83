package io.github.deploymigrations.run;

import io.github.deploymigrations.messages.TextTable;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.scripts.Script;
import java.util.List;

/** What is about to run, for the log. */
final class RunTable {
    /** A log is no place for ten thousand lines; the status page has them all. */
    private static final int MOST = 200;

    private RunTable() {}

    static List<String> of(List<Step.Apply> steps) {
        TextTable table = new TextTable("Id", "Description", "Statements", "From");
        for (Step.Apply step : steps.subList(0, Math.min(steps.size(), MOST))) {
            Script script = step.script();
            table.row(script.id(), script.description(), script.statements(), step.from());
        }
        if (steps.size() > MOST) {
            table.row("…", (steps.size() - MOST) + " more", "", "");
        }
        return table.lines();
    }
}
