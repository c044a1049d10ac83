package io.github.deploymigrations.settings;

import java.util.Locale;

/** Who may read the status. */
public enum Access {
    /** Anyone. */
    OPEN,
    /** Whoever has the role. */
    ROLE;

    /** The word of the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
