package io.github.deploymigrations.settings;

/**
 * Where a setting was written.
 *
 * @param source a file of the application, or the override's kind and name
 * @param line the line from 1, or 0 where lines mean nothing
 */
public record Origin(String source, int line) {

    static Origin of(String source) {
        return new Origin(source, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
