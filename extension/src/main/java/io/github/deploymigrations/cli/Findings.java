package io.github.deploymigrations.cli;

import io.github.deploymigrations.messages.Problem;
import java.io.PrintStream;

/** Prints what is found, one line each, and counts. Not thread-safe. */
final class Findings {
    private final PrintStream output;
    private int errors;
    private int warnings;

    Findings(PrintStream output) {
        this.output = output;
    }

    void error(Problem problem) {
        errors++;
        print("error", problem);
    }

    void warning(Problem problem) {
        warnings++;
        print("warning", problem);
    }

    private void print(String severity, Problem problem) {
        String where = problem.where().endsWith(".sql") ? problem.where() + ":1" : problem.where();
        String line = where + ": " + severity + " " + problem.explanation().sentences();
        output.println(line.replaceAll("\\s*[\\r\\n]\\s*", " ").strip());
    }

    boolean hasErrors() {
        return errors > 0;
    }

    String summary() {
        return errors + " error(s), " + warnings + " warning(s)";
    }
}
