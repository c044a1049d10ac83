package io.github.deploymigrations.run;

import io.github.deploymigrations.messages.TextTable;
import io.github.deploymigrations.plan.Step;
import java.util.List;

/** What is about to run, for the log. */
final class RunTable {
    /** A log is no place for ten thousand lines; the status page has them all. */
    private static final int MOST = 200;

    private RunTable() {}

    static List<String> of(List<Step.Apply> steps) {
        TextTable table = new TextTable("Id", "Description", "Statements", "From");
        steps.stream()
                .limit(MOST)
                .forEach(step -> table.row(
                        step.script().id(),
                        step.script().description(),
                        step.script().statements(),
                        step.from()));
        if (steps.size() > MOST) {
            table.row("…", (steps.size() - MOST) + " more", "", "");
        }
        return table.lines();
    }
}
