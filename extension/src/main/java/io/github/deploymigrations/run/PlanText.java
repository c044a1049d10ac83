package io.github.deploymigrations.run;

import io.github.deploymigrations.PlannedRun;
import io.github.deploymigrations.PlannedScript;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.ChangeLogTable;
import io.github.deploymigrations.database.ClientSql;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.scripts.ScriptStatement;
import io.github.deploymigrations.settings.TransactionMode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.ibatis.migration.operations.DatabaseOperation;

/**
 * Writes a plan as SQL that a client of the database can run: what {@link Operation} and {@link Records} would do, in the
 * same order and transactions, but for the history, whose rows only a run of ours can be asked about. Not thread-safe.
 */
final class PlanText {
    private final ScriptRepository repository;
    private final Session session;
    private final ChangeLog.Known changelog;
    private final boolean ofDeployment;
    private final ClientSql client;
    private final String time = DatabaseOperation.generateAppliedTimeStampAsString();
    private final List<String> lines = new ArrayList<>();
    private final List<PlannedScript> planned = new ArrayList<>();
    private final Set<String> masked = new TreeSet<>();
    private boolean changelogIsThere;

    PlanText(ScriptRepository repository, Session session, ChangeLog.Known changelog, TransactionMode transaction) {
        this.repository = repository;
        this.session = session;
        this.changelog = changelog;
        this.ofDeployment = transaction == TransactionMode.DEPLOYMENT;
        this.client = new ClientSql(session.product());
        this.changelogIsThere = changelog instanceof ChangeLog.Present;
    }

    /** The plan as text. */
    PlannedRun of(MigrationPlan plan) throws SQLException, IOException {
        if (!plan.isNothingToDo()) {
            lines.addAll(client.preamble(session.timeZone()));
            goBack();
        }
        records(plan.records());
        if (ofDeployment && !plan.running().isEmpty()) {
            begin();
        }
        ScriptModes modes = new ScriptModes(repository, session.product(), changelog, plan.running());
        boolean transactionalTables = session.product().hasOnlyTransactionalTables(session.connection());
        for (Step.Running step : plan.running()) {
            script(step, modes.of(step, transactionalTables) == ScriptMode.AUTO_COMMIT);
        }
        if (ofDeployment && !plan.running().isEmpty()) {
            lines.add("");
            lines.add("COMMIT;");
        }
        List<String> text = new ArrayList<>(head(plan));
        text.addAll(lines);
        return new PlannedRun(String.join("\n", text) + "\n", planned, List.copyOf(masked));
    }

    private List<String> head(MigrationPlan plan) throws SQLException {
        List<String> head = new ArrayList<>();
        if (plan.isNothingToDo()) {
            head.add(comment("Nothing is to be done on " + session.productName() + "."));
            return head;
        }
        head.add(comment("What a deployment would do on " + session.productName() + ": undo "
                + plan.undoes().size() + " revision(s), apply " + plan.steps().size() + " script(s)."));
        head.add(comment("To run it by hand: " + client.advice()));
        head.add(comment("It leaves the same tables and the same changelog. The history is not part of it: the next"
                + " deployment finds what was applied in the changelog, and records it as seen."));
        if (!masked.isEmpty()) {
            head.add(comment("NOT RUNNABLE AS IT IS: put in the values of "
                    + masked.stream().map(name -> "${" + name + "}").collect(Collectors.joining(", "))
                    + ", which are not shown."));
        }
        if (!repository.hooks().isEmpty()) {
            head.add(comment("The hooks of the environment file are not part of it: a deployment runs them, too."));
        }
        return head;
    }

    private void records(List<Step> records) {
        List<Script> counted = new ArrayList<>();
        for (Step step : records) {
            if (step instanceof Step.CountAsApplied count) {
                counted.add(count.script());
            } else if (step instanceof Step.Baseline baseline) {
                counted.add(baseline.script());
            } else if (step instanceof Step.CountAsUndone undone) {
                lines.add(deletion(undone.row().id()));
            } else {
                lines.add(comment("Revision " + step.id() + ": only the history would be written."));
            }
        }
        if (!counted.isEmpty()) {
            requireChangelog(List.of());
            begin();
            counted.forEach(this::row);
            lines.add("COMMIT;");
        }
    }

    private void script(Step.Running step, boolean autoCommit) throws SQLException, IOException {
        Script script = step.script();
        List<String> statements = statements(step);
        lines.add("");
        lines.add(comment((step instanceof Step.Undo ? "Undo: " : "")
                + step.part().place()
                + (step.from() > 1 ? ", from its statement " + step.from() + " on" : "")));
        boolean own = !autoCommit && !ofDeployment;
        if (own) {
            begin();
        }
        for (String statement : statements) {
            lines.add(client.terminated(statement));
            if (own && script.transaction() == Script.Transaction.OWN && ScriptRepository.endsTransaction(statement)) {
                // to JDBC the next statement begins another one
                begin();
            }
        }
        if (script.sessionBound() || repository.isSentWhole()) {
            goBack();
        }
        if (step instanceof Step.Undo undo) {
            deleteRow(undo, statements);
        } else {
            requireChangelog(statements);
            row(script);
        }
        if (own) {
            lines.add("COMMIT;");
        }
        planned.add(new PlannedScript(
                script.id(),
                ChangeLogTable.fitting(script.description()),
                script.path(),
                step instanceof Step.Undo,
                step.from(),
                autoCommit ? "none" : ofDeployment ? "deployment" : "script",
                statements));
    }

    private List<String> statements(Step.Running step) throws IOException {
        List<String> statements = new ArrayList<>();
        for (ScriptStatement statement : repository.statements(step.part(), Secrets::isSecret)) {
            if (statement.number() >= step.from()) {
                repository.variables().stream()
                        .filter(Secrets::isSecret)
                        .filter(name -> statement.sql().contains("${" + name + "}") && !statement.isEscaped(name))
                        .forEach(masked::add);
                statements.add(statement.sql().strip());
            }
        }
        return statements;
    }

    /** As at the first row that a run writes. */
    private void requireChangelog(List<String> statements) {
        if (changelogIsThere) {
            return;
        }
        changelogIsThere = true;
        ChangeLogTable table = new ChangeLogTable(repository.changelog(), session.product());
        Pattern creation = Pattern.compile(
                "create\\s+table\\s+(?:\\S+\\.)?"
                        + Pattern.quote(repository.changelog().bare()),
                Pattern.CASE_INSENSITIVE);
        if (client.createsIfAbsent()) {
            lines.add(client.terminated(table.definition("create table if not exists ")));
        } else if (statements.stream().noneMatch(sql -> creation.matcher(sql).find())) {
            lines.add(client.terminated(table.definition("create table ")));
        }
    }

    private void row(Script script) {
        lines.add(client.terminated(
                "INSERT INTO " + repository.changelog().sql() + " (ID, APPLIED_AT, DESCRIPTION) VALUES ("
                        + script.id() + ", " + client.now(time) + ", "
                        + client.literal(ChangeLogTable.fitting(script.description())) + ")"));
    }

    /** Unless the changelog goes with what made it. */
    private void deleteRow(Step.Undo undo, List<String> statements) {
        Pattern drop = Pattern.compile(
                "drop\\s+table\\s+(?:if\\s+exists\\s+)?(?:\\S+\\.)?"
                        + Pattern.quote(repository.changelog().bare()) + "\\b",
                Pattern.CASE_INSENSITIVE);
        changelogIsThere =
                statements.stream().noneMatch(sql -> drop.matcher(sql).find());
        if (changelogIsThere) {
            lines.add(deletion(undo.id()));
        }
    }

    private String deletion(RevisionId id) {
        return client.terminated("DELETE FROM " + repository.changelog().sql() + " WHERE ID = " + id);
    }

    private void begin() {
        client.begin().ifPresent(lines::add);
    }

    private void goBack() throws SQLException {
        session.workplace().map(client::goTo).ifPresent(lines::add);
    }

    /** A file's name may have anything in it, and a line feed ends a comment. */
    private static String comment(String text) {
        return "-- " + text.replaceAll("\\p{Cntrl}|\\u2028|\\u2029|\\u0085", "?");
    }
}
