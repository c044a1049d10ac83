package io.github.deploymigrations.servlet;

import io.github.deploymigrations.messages.Explanation;

/** A request that is not answered by what it asks for, but by why not. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Explanation explanation;

    /** @param status code of HTTP */
    Refusal(int status, Explanation explanation) {
        super(explanation.toString(), null, false, false);
        this.status = status;
        this.explanation = explanation;
    }

    int status() {
        return status;
    }

    Explanation explanation() {
        return explanation;
    }
}
