package io.github.deploymigrations.settings;

import java.util.Locale;

/** What one transaction holds. */
public enum TransactionMode {
    /** One script with its changelog row. */
    SCRIPT,
    /** All pending scripts. */
    DEPLOYMENT;

    /** The word of the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
