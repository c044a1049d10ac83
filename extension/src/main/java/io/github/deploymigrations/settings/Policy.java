package io.github.deploymigrations.settings;

import java.util.Locale;

/** What to do about revisions that are not as they should be. */
public enum Policy {
    /** Refuse the run. */
    FAIL,
    /** Go on and warn. */
    WARN,
    /** Go on. */
    IGNORE;

    /** The word of the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
