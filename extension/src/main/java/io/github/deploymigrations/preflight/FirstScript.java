package io.github.deploymigrations.preflight;

import io.github.deploymigrations.database.Definition;
import io.github.deploymigrations.database.Effect;
import io.github.deploymigrations.database.StatementKind;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.scripts.Hooks;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The first script of a run, as far as it tells beforehand what it will need. Not of the others: a script may change role,
 * path or session for those behind it.
 *
 * @param isPlain whether neither it nor a hook can change what its session may do
 * @param isTransaction whether it runs in one
 * @param table that it makes in the schema it runs in, whose name no schema stands before; if it is plain and does
 * @param place of the script, for people
 */
public record FirstScript(boolean isPlain, boolean isTransaction, Optional<String> table, String place) {
    private static final FirstScript NONE = new FirstScript(false, false, Optional.empty(), "");

    /**
     * What leaves role, path and session alone. A query may call a function that does not; a schema that comes or goes may
     * be where the session is from then on ({@code "$user"} of PostgreSQL's path).
     */
    private static final Pattern PLAIN = Pattern.compile(
            "(?is)(?:\\s++|--[^\\n]*\\n|/\\*(?!M?!).*?\\*/)*+(?:insert|update|delete|merge|replace|truncate|comment|rename"
                    + "|(?:create|alter|drop)\\b(?!\\s+(?:schema|database|role|user|group)\\b))\\b.*");

    /** Reads the script through. */
    public static FirstScript of(ScriptRepository repository, MigrationPlan plan) throws IOException {
        List<Step.Running> running = plan.running();
        if (running.isEmpty()) {
            return NONE;
        }
        Step.Running first = running.get(0);
        Hooks hooks = repository.hooks();
        boolean undo = first instanceof Step.Undo;
        boolean[] plain = {(undo ? hooks.ofUndo() : hooks).isEmpty()};
        String[] table = new String[1];
        repository.eachStatement(first.part(), sql -> {
            plain[0] &= isPlain(sql);
            if (plain[0] && table[0] == null) {
                table[0] = table(sql).orElse(null);
            }
        });
        boolean whole = first.from() == 1;
        boolean transaction = first.script().transaction() == Script.Transaction.WHOLE
                && !repository.options().isAutoCommit();
        return new FirstScript(
                plain[0],
                transaction,
                Optional.ofNullable(table[0]).filter(name -> plain[0] && whole),
                first.part().place());
    }

    private static boolean isPlain(String sql) {
        StatementKind kind = StatementKind.of(sql);
        return (kind == StatementKind.ROWS || kind == StatementKind.DEFINITION)
                && PLAIN.matcher(sql).matches();
    }

    private static Optional<String> table(String sql) {
        return Definition.of(sql)
                .filter(definition ->
                        !definition.ifNeeded() && definition.effect().thing() == Effect.Thing.TABLE)
                .map(Definition::effect)
                .filter(Effect::comes)
                .map(Effect::table)
                .filter(name -> !name.contains("."));
    }
}
