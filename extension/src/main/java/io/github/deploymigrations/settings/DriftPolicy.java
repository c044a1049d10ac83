package io.github.deploymigrations.settings;

import java.util.Locale;

/** What to do about a schema that was changed by hand. */
public enum DriftPolicy {
    /** Nobody looks. */
    IGNORE,
    /** Tell, and go on. */
    WARN;

    /** The word of the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
