package io.github.deploymigrations.settings;

import java.util.Locale;

/** What a failed run means for the deployment. */
public enum OnFailure {
    /** The deployment fails. */
    BLOCK,
    /** The application starts, and the failure is shown everywhere. */
    WARN;

    /** The word of the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
