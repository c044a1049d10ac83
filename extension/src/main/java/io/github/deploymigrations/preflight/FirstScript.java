package io.github.deploymigrations.preflight;

import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.scripts.Hooks;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
import java.util.List;
import java.util.Optional;

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

    public static FirstScript of(ScriptRepository repository, MigrationPlan plan) {
        List<Step.Running> running = plan.running();
        if (running.isEmpty()) {
            return NONE;
        }
        Step.Running first = running.get(0);
        Script script = first.script();
        Hooks hooks = repository.hooks();
        boolean withoutHooks = (first instanceof Step.Undo ? hooks.ofUndo() : hooks).isEmpty();
        boolean plain = withoutHooks && script.isPlain();
        boolean transaction = script.transaction() == Script.Transaction.WHOLE
                && !repository.options().isAutoCommit();
        return new FirstScript(
                plain,
                transaction,
                plain && first.from() == 1 ? script.table() : Optional.empty(),
                first.part().place());
    }
}
