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
    private final List<Step.Running> steps;
    private final Optional<Step.Running> first;

    ScriptModes(ScriptRepository repository, Product product, ChangeLog.Known changelog, List<Step.Running> steps) {
        this.repository = repository;
        this.product = product;
        // what is undone first may drop it
        this.createsChangelog =
                changelog instanceof ChangeLog.Absent || steps.stream().anyMatch(Step.Undo.class::isInstance);
        this.steps = List.copyOf(steps);
        this.first = steps.stream().filter(Step.Apply.class::isInstance).findFirst();
    }

    ScriptMode of(Step.Running step, boolean transactionalTables) {
        Script script = step.script();
        if (isAutoCommit(script)) {
            return ScriptMode.AUTO_COMMIT;
        }
        boolean atomic = product.definesInTransactions()
                || (script.onlyRows() && transactionalTables && !createsChangelog(step));
        if (atomic && script.transaction() == Script.Transaction.WHOLE) {
            return ScriptMode.ATOMIC;
        }
        return product.definesAlone() ? ScriptMode.AUTO_COMMIT : ScriptMode.JOURNALED;
    }

    private boolean isAutoCommit(Script script) {
        return repository.options().isAutoCommit() || script.transaction() == Script.Transaction.NONE;
    }

    /** Whether the changelog may have to be created behind it. */
    private boolean createsChangelog(Step.Running step) {
        return createsChangelog && first.filter(step::equals).isPresent();
    }

    /** What keeps the scripts from being all in one transaction. */
    List<Problem> obstacles(boolean transactionalTables) {
        List<Problem> obstacles = new ArrayList<>();
        for (Step.Running step : steps) {
            obstacle(step, transactionalTables)
                    .ifPresent(reason ->
                            obstacles.add(new Problem(step.part().place(), Message.TRANSACTION_REFUSED.with(reason))));
        }
        return obstacles;
    }

    private Optional<String> obstacle(Step.Running step, boolean transactionalTables) {
        return switch (of(step, transactionalTables)) {
            case ATOMIC -> Optional.empty();
            case AUTO_COMMIT -> Optional.of(whyAutoCommit(step));
            case JOURNALED -> Optional.of(why(step));
        };
    }

    private String whyAutoCommit(Step.Running step) {
        if (step.script().transaction() == Script.Transaction.NONE) {
            return "it asks for no transaction (-- @NO_TRANSACTION)";
        }
        return repository.options().isAutoCommit() ? "auto_commit is true in the environment file" : why(step);
    }

    private String why(Step.Running step) {
        Script script = step.script();
        if (script.transaction() == Script.Transaction.OWN) {
            return "it ends a transaction by itself (COMMIT or ROLLBACK)";
        }
        if (!script.onlyRows()) {
            return product.definesAlone()
                    ? "this database keeps no definition in a transaction (CREATE, ALTER, DROP …)"
                    : "this database commits at each definition (CREATE, ALTER, DROP …)";
        }
        return createsChangelog(step)
                ? "the changelog is created behind it, and this database commits at each definition"
                : "the database has tables without transactions";
    }
}
