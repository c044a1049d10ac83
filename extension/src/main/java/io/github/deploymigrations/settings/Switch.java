package io.github.deploymigrations.settings;

import java.util.Locale;

/** Whether something is there at all. */
enum Switch {
    ON,
    OFF;

    /** The word of the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
