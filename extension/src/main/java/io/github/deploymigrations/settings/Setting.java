package io.github.deploymigrations.settings;

/**
 * A key with a value, as somebody wrote it: placeholders are not replaced yet, and nothing is checked.
 *
 * @param name the key, {@code variable.<name>} with its name
 * @param value the text
 * @param origin where it was written
 */
record Setting(String name, String value, Origin origin) {}
