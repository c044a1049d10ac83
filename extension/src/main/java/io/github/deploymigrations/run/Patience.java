package io.github.deploymigrations.run;

/** How long one who looks at the status can wait. */
public enum Patience {
    /** As long as it takes to look at everything. */
    ENOUGH,
    /** He wants an answer at once: what takes long is told as it was found last. */
    NONE
}
