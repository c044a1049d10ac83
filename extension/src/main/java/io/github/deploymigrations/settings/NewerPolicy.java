package io.github.deploymigrations.settings;

import java.util.Locale;

/** What to do about applied revisions above this release. */
public enum NewerPolicy {
    /** Refuse the run. */
    FAIL,
    /** Go on and warn. */
    WARN,
    /** Go on. */
    IGNORE,
    /** Undo them, the newest first. */
    UNDO;

    /** The word of the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
