package io.github.deploymigrations.settings;

import java.util.Locale;

/** What a deployment does with the database. */
public enum Mode {
    /** Apply what is pending. */
    MIGRATE,
    /** Apply nothing; anything that would have to be done is a failure. */
    VALIDATE,
    /** Apply nothing; tell what would be done. */
    PLAN,
    /** Leave the database alone. */
    OFF;

    /** The word of the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
