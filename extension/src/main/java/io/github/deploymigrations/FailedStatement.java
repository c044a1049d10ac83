package io.github.deploymigrations;

import static java.util.Objects.requireNonNull;

/**
 * The statement at which a script stopped. Immutable.
 *
 * @param script the script's path inside its repository's class path or folder, never null
 * @param line the line of the file on which the database found the error where it tells (PostgreSQL), else on which the
 *     statement begins, from 1
 * @param number the statement's number in the script's up part, from 1
 * @param text the statement as the file has it, before variables were put in; never null
 */
public record FailedStatement(String script, int line, int number, String text) {
    public FailedStatement {
        requireNonNull(script);
        requireNonNull(text);
    }
}
