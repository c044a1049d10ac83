package io.github.deploymigrations.cli;

import io.github.deploymigrations.messages.Explanation;

/** The command line cannot be understood or followed. */
final class WrongUse extends Exception {
    private static final long serialVersionUID = 1L;

    WrongUse(Explanation explanation) {
        super(explanation.sentences(), null, false, false);
    }
}
