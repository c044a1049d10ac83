package io.github.deploymigrations.messages;

import java.util.List;

/** Reading something found problems: all of them, told together. Never reaches a user as it is. */
public final class ProblemsFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one */
    public ProblemsFound(List<Problem> problems) {
        super(problems.toString(), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order in which they were found. */
    public List<Problem> problems() {
        return problems;
    }
}
