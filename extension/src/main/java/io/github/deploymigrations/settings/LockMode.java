package io.github.deploymigrations.settings;

import java.util.Locale;

/** How one run keeps others off. */
public enum LockMode {
    /** By an advisory lock where the database has one, else by a locked row. */
    AUTO,
    /** By an advisory lock. */
    ADVISORY,
    /** By a locked row, on a connection of its own. */
    ROW;

    /** The word of the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
