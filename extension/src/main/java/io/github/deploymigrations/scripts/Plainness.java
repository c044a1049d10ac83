package io.github.deploymigrations.scripts;

import io.github.deploymigrations.database.Definition;
import io.github.deploymigrations.database.Effect;
import io.github.deploymigrations.database.StatementKind;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether statements leave role, path and session alone, and the first table that they make. Not thread-safe. */
final class Plainness {
    /**
     * A query may call a function that does not; a schema that comes or goes may be where the session is from then on
     * ({@code "$user"} of PostgreSQL's path).
     */
    static final Pattern PLAIN = Pattern.compile(
            "(?is)(?:\\s++|--[^\\n]*\\n|/\\*(?!M?!).*?\\*/)*+(?:insert|update|delete|merge|replace|truncate|comment|rename"
                    + "|(?:create|alter|drop)\\b(?!\\s+(?:schema|database|role|user|group)\\b))\\b");

    private boolean plain = true;
    private Optional<String> table = Optional.empty();

    /** One statement more. */
    void add(String sql, StatementKind kind) {
        plain = plain && (kind == StatementKind.ROWS || kind == StatementKind.DEFINITION) && isPlain(sql);
        if (plain && table.isEmpty() && kind == StatementKind.DEFINITION) {
            table = table(sql);
        }
    }

    private static boolean isPlain(String sql) {
        int begin = FirstWord.begin(sql);
        if (FirstWord.isWordAt(sql, begin, "insert")
                || FirstWord.isWordAt(sql, begin, "update")
                || FirstWord.isWordAt(sql, begin, "delete")) {
            return true;
        }
        boolean definition = FirstWord.isWordAt(sql, begin, "create")
                || FirstWord.isWordAt(sql, begin, "alter")
                || FirstWord.isWordAt(sql, begin, "drop");
        int next = FirstWord.next(sql, begin);
        return (definition && (FirstWord.isWordAt(sql, next, "table") || FirstWord.isWordAt(sql, next, "index")))
                || PLAIN.matcher(sql).lookingAt();
    }

    private static Optional<String> table(String sql) {
        Optional<Definition> definition = Definition.of(sql);
        if (definition.isEmpty() || definition.get().ifNeeded()) {
            return Optional.empty();
        }
        Effect effect = definition.get().effect();
        boolean made = effect.thing() == Effect.Thing.TABLE && effect.comes();
        return made && !effect.table().contains(".") ? Optional.of(effect.table()) : Optional.empty();
    }

    /** Whether all of them do. */
    boolean isPlain() {
        return plain;
    }

    /** Of those before the first that does not; no schema stands before its name. */
    Optional<String> table() {
        return table;
    }
}
