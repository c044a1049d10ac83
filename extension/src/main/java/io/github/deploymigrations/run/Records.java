package io.github.deploymigrations.run;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.AppliedRevision;
import io.github.deploymigrations.changelog.Attempt;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.ChangeLogTable;
import io.github.deploymigrations.changelog.History;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.apache.ibatis.migration.Change;

/** Writes down what a run knows or was told, before it runs anything: all of it in one transaction. */
final class Records {
    private final ScriptRepository repository;
    private final Session session;
    private final Journal journal;
    private final ChangeLogTable table;

    Records(ScriptRepository repository, Session session, Journal journal) {
        this.repository = repository;
        this.session = session;
        this.journal = journal;
        this.table = new ChangeLogTable(repository.changelog(), session.product());
    }

    void write(MigrationPlan plan, ChangeLog.Known changelog, History.Known history) throws SQLException, IOException {
        if (plan.records().stream()
                .anyMatch(step -> step instanceof Step.CountAsApplied || step instanceof Step.Baseline)) {
            table.createIfAbsent(session.connection(), () -> {});
        }
        session.connection().setAutoCommit(false);
        firstSights(changelog, history);
        for (Step step : plan.records()) {
            write(step, changelog);
        }
        session.commit();
        session.connection().setAutoCommit(true);
    }

    private void countAsUndone(Step.CountAsUndone step) throws SQLException {
        table.delete(session.connection(), step.row().id());
        journal.record(Attempt.Kind.UNDO, subject(step.attempt()), Optional.empty());
    }

    private static HistoryTable.Subject subject(Attempt attempt) {
        return new HistoryTable.Subject(
                attempt.revision(),
                attempt.description(),
                attempt.script(),
                attempt.checksum(),
                attempt.statements(),
                Optional.empty());
    }

    /** The checksums of what the command line applied. */
    private void firstSights(ChangeLog.Known changelog, History.Known history) throws SQLException, IOException {
        Set<RevisionId> known = history.recorded(changelog).keySet();
        for (Script script : repository.scripts()) {
            AppliedRevision row = changelog.applied().get(script.id());
            if (row != null && !known.contains(script.id())) {
                journal.record(Attempt.Kind.SEEN, journal.subject(script), Optional.of(row.appliedAt()));
            }
        }
    }

    private void write(Step step, ChangeLog.Known changelog) throws SQLException, IOException {
        if (step instanceof Step.Skip skip) {
            journal.record(Attempt.Kind.SKIP, journal.subject(skip.script()), Optional.empty());
        } else if (step instanceof Step.Reset reset) {
            journal.record(Attempt.Kind.RESET, journal.subject(reset.script()), Optional.empty());
        } else if (step instanceof Step.CountAsApplied applied) {
            insert(applied.script(), Attempt.Kind.ACCEPT);
        } else if (step instanceof Step.Baseline baseline) {
            insert(baseline.script(), Attempt.Kind.BASELINE);
        } else if (step instanceof Step.CountAsUndone undone) {
            countAsUndone(undone);
        } else if (step instanceof Step.Forget forget) {
            journal.record(Attempt.Kind.RESET, subject(forget.attempt()), Optional.empty());
        } else if (step instanceof Step.Accept accept) {
            AppliedRevision row = changelog.applied().get(accept.id());
            HistoryTable.Subject subject = accept.script().isPresent()
                    ? journal.subject(accept.script().get())
                    : new HistoryTable.Subject(
                            accept.id(), row.description(), "", Optional.empty(), 1, Optional.empty());
            journal.record(Attempt.Kind.ACCEPT, subject, Optional.of(row.appliedAt()));
        }
    }

    private void insert(Script script, Attempt.Kind kind) throws SQLException, IOException {
        Change change = table.insert(session.connection(), script.id(), script.description());
        journal.record(kind, journal.subject(script), Optional.of(change.getAppliedTimestamp()));
    }
}
