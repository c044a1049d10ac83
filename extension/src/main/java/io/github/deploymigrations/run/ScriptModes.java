package io.github.deploymigrations.run;

import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How each script is kept from being half done: one transaction holds it if the database defines in transactions, or if it
 * defines nothing. Where the changelog has to be created behind the first script, that is a definition too.
 */
final class ScriptModes {
    private final ScriptRepository repository;
    private final Product product;
    private final boolean createsChangelog;

    ScriptModes(ScriptRepository repository, Product product, ChangeLog.Known changelog) {
        this.repository = repository;
        this.product = product;
        this.createsChangelog = changelog instanceof ChangeLog.Absent;
    }

    /** @param first whether it is the first script of the run */
    ScriptMode of(Script script, boolean first, boolean transactionalTables) {
        if (isAutoCommit(script)) {
            return ScriptMode.AUTO_COMMIT;
        }
        boolean atomic = product.definesInTransactions()
                || (script.onlyRows() && transactionalTables && !(first && createsChangelog));
        return atomic && script.transaction() == Script.Transaction.WHOLE ? ScriptMode.ATOMIC : ScriptMode.JOURNALED;
    }

    private boolean isAutoCommit(Script script) {
        return repository.options().isAutoCommit() || script.transaction() == Script.Transaction.NONE;
    }

    /** What keeps the scripts from being all in one transaction. */
    List<Problem> obstacles(List<Step.Apply> steps, boolean transactionalTables) {
        List<Problem> obstacles = new ArrayList<>();
        for (Step.Apply step : steps) {
            obstacle(step.script(), step.equals(steps.get(0)), transactionalTables)
                    .ifPresent(reason ->
                            obstacles.add(new Problem(step.script().path(), Message.TRANSACTION_REFUSED.with(reason))));
        }
        return obstacles;
    }

    private Optional<String> obstacle(Script script, boolean first, boolean transactionalTables) {
        return switch (of(script, first, transactionalTables)) {
            case ATOMIC -> Optional.empty();
            case AUTO_COMMIT ->
                Optional.of(
                        script.transaction() == Script.Transaction.NONE
                                ? "it asks for no transaction (-- @NO_TRANSACTION)"
                                : "auto_commit is true in the environment file");
            case JOURNALED -> Optional.of(why(script, first));
        };
    }

    private String why(Script script, boolean first) {
        if (script.transaction() == Script.Transaction.OWN) {
            return "it ends a transaction by itself (COMMIT or ROLLBACK)";
        }
        if (!script.onlyRows()) {
            return "this database commits at each definition (CREATE, ALTER, DROP …)";
        }
        return first && createsChangelog
                ? "the changelog is created behind it, and this database commits at each definition"
                : "the database has tables without transactions";
    }
}
