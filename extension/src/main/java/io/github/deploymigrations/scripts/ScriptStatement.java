package io.github.deploymigrations.scripts;

/**
 * A statement of a script. Immutable.
 *
 * @param number of it, from 1, as it is counted when it goes to the database
 * @param piece of the file that it is, before variables
 * @param sql as it goes to the database
 */
public record ScriptStatement(int number, ScriptPiece piece, String sql) {

    /** Whether the file has the placeholder of a variable only behind a backslash, which makes it text. */
    public boolean isEscaped(String name) {
        String placeholder = "${" + name + "}";
        String others = piece.text().replace("\\" + placeholder, "");
        return others.length() < piece.text().length() && !others.contains(placeholder);
    }
}
