package io.github.deploymigrations.settings;

import java.util.Locale;

/** How a person settles a revision that the extension refuses to decide about. */
public enum Resolution {
    /** Its effect is there: it counts as applied. */
    APPLIED,
    /** Nothing of it is there: it is applied from its beginning. */
    PENDING,
    /** The statement in doubt had no effect: it is applied from there on. */
    RESUME,
    /** What is here counts: the changed text, or that the script is gone. */
    ACCEPT,
    /** It is never applied. */
    SKIP;

    /** The word of the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
