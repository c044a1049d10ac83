package io.github.deploymigrations.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a schema (a catalog on MariaDB and MySQL): a plain identifier, or one that the user quoted.
 *
 * @param text the name without quotes
 * @param quoted whether upper and lower case are meant as written
 */
public record SchemaName(String text, boolean quoted) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");
    private static final Pattern QUOTED =
            Pattern.compile("\"[^\"\\p{Cntrl}]+\"|`[^`\\p{Cntrl}]+`|\\[[^\\]\\p{Cntrl}]+\\]");

    static Optional<SchemaName> parse(String text) {
        if (PLAIN.matcher(text).matches()) {
            return Optional.of(new SchemaName(text, false));
        }
        return QUOTED.matcher(text).matches()
                ? Optional.of(new SchemaName(text.substring(1, text.length() - 1), true))
                : Optional.empty();
    }

    /** Whether a schema of the database is the one that is meant. */
    public boolean matches(String schema) {
        return quoted ? schema.equals(text) : schema.equalsIgnoreCase(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
