package io.github.deploymigrations.preflight;

import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Problem;
import java.util.ArrayList;
import java.util.List;

/** What a look ahead came upon. Immutable. */
public sealed interface Finding {
    /** The run would not end well, for sure. */
    record Fatal(Problem problem) implements Finding {
        /** @param where it was found, for people */
        public Fatal(String where, Explanation explanation) {
            this(new Problem(where, explanation));
        }
    }

    /** A person should know; the run may end well all the same. */
    record Doubtful(Explanation explanation) implements Finding {}

    /** What is fatal of it. */
    static List<Problem> fatal(List<Finding> findings) {
        List<Problem> problems = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding instanceof Fatal fatal) {
                problems.add(fatal.problem());
            }
        }
        return problems;
    }

    /** What is only doubtful. */
    static List<Explanation> doubtful(List<Finding> findings) {
        List<Explanation> explanations = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding instanceof Doubtful doubtful) {
                explanations.add(doubtful.explanation());
            }
        }
        return explanations;
    }

    /** All of it. */
    static List<Explanation> all(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding instanceof Fatal fatal
                        ? fatal.problem().explanation()
                        : ((Doubtful) finding).explanation())
                .toList();
    }
}
