package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a failure says, with all of its findings, each once: some failures are explained by the first of theirs. */
final class FailureText {
    private FailureText() {}

    /** All of it in one. */
    static Explanation explained(MigrationFailure failure) {
        return new Explanation(failure.explanation().code(), what(failure), action(failure));
    }

    /** What happened, and below it each further finding on a line of its own, with its place and what to do about it. */
    static String what(MigrationFailure failure) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(failure));
        furtherFindings(failure).forEach(finding -> lines.add(finding.toString()));
        return String.join("\n", lines);
    }

    private static String headline(MigrationFailure failure) {
        String what = failure.explanation().what();
        return ownPlace(failure).map(place -> what + " [" + place + "]").orElse(what);
    }

    /** Where that happened which explains the failure, if it is one of its findings. */
    static Optional<String> ownPlace(MigrationFailure failure) {
        return ownFinding(failure).map(Problem::where);
    }

    /** The findings that do not explain the failure by themselves. */
    static List<Problem> furtherFindings(MigrationFailure failure) {
        Optional<Problem> told = ownFinding(failure);
        return failure.problems().stream()
                .filter(finding -> told.isEmpty() || !finding.equals(told.get()))
                .toList();
    }

    /** What to do; where a finding is the explanation, all of them together. */
    static String action(MigrationFailure failure) {
        return ownFinding(failure).isEmpty()
                ? failure.explanation().action()
                : failure.problems().stream()
                        .map(finding -> finding.explanation().action())
                        .distinct()
                        .collect(Collectors.joining(" "));
    }

    private static Optional<Problem> ownFinding(MigrationFailure failure) {
        return failure.problems().stream()
                .filter(finding -> finding.explanation().equals(failure.explanation()))
                .findFirst();
    }
}
