package io.github.deploymigrations.settings;

import java.util.Locale;

/** What to do with scripts that were never applied although newer ones were. */
public enum LatePolicy {
    /** Refuse the run. */
    FAIL,
    /** Apply them, in order of id with the others. */
    APPLY,
    /** Never apply them, and record that. */
    SKIP;

    /** The word of the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
