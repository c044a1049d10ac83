package io.github.deploymigrations.run;

import io.github.deploymigrations.database.Definition;
import io.github.deploymigrations.database.Effect;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A table that was not there before a statement of this script made it: it has no index but those of which that statement
 * and the ones right behind it speak, and such as the database names by itself, so that nobody has to ask. Immutable.
 *
 * @param name as the statement has it
 * @param words of all statements about it, in lower case
 */
record NewTable(String name, String words) {
    /** With it MariaDB tells the indexes of one column apart. */
    private static final Pattern NUMBER = Pattern.compile("_\\d+$");

    /** How PostgreSQL, H2 and others name an index that has no name. */
    private static final Pattern MADE_UP = Pattern.compile(".*_p?key|(?:primary|constraint_index|sys|sql).*");

    /** Another table's indexes, and those of foreign keys, whose names nobody has to say. */
    private static final Pattern UNSPOKEN = Pattern.compile("\\b(?:like|references)\\b");

    /** The table that a statement makes, of which it is known that it is not there yet. */
    static NewTable of(Definition made, String sql) {
        return new NewTable(made.effect().table(), sql.toLowerCase(Locale.ROOT));
    }

    /** Whether a definition makes an index on it. */
    boolean gets(Definition definition) {
        Effect effect = definition.effect();
        return effect.thing() == Effect.Thing.INDEX
                && effect.comes()
                && effect.table().equals(name);
    }

    /** Whether the index that a definition makes on it cannot be there yet. */
    boolean lacks(Definition definition) {
        String index = definition.effect().name().toLowerCase(Locale.ROOT);
        boolean quoted = index.charAt(0) == '"' || index.charAt(0) == '`';
        String bare = quoted ? index.substring(1, index.length() - 1) : index;
        return gets(definition)
                && !words.contains(bare)
                && !words.contains(NUMBER.matcher(bare).replaceFirst(""))
                && !MADE_UP.matcher(bare).matches()
                && !UNSPOKEN.matcher(words).find();
    }

    /** The table with an index more. */
    NewTable with(String sql) {
        return new NewTable(name, words + sql.toLowerCase(Locale.ROOT));
    }
}
