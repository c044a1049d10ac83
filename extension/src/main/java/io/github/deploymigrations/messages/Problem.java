package io.github.deploymigrations.messages;

import static java.util.Objects.requireNonNull;

/**
 * A finding with the place where it was found: one of several that are reported together.
 *
 * @param where file and line, or the origin of a setting; never null
 * @param explanation what is wrong there and what to do, never null
 */
public record Problem(String where, Explanation explanation) {
    public Problem {
        requireNonNull(where);
        requireNonNull(explanation);
    }

    /** One line: the id, the place, what is wrong and what to do. */
    @Override
    public String toString() {
        return explanation.sentencesOf(where);
    }
}
