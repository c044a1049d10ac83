package io.github.deploymigrations.run;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.AppliedRevision;
import io.github.deploymigrations.changelog.Attempt;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.plan.Situation;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptContent;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.scripts.UndoPart;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what undoes applied revisions: the undo part of this release's script, else the one that the history keeps. */
final class UndoParts {
    private final ScriptRepository repository;
    private final HistoryTable history;
    private final Session session;

    UndoParts(ScriptRepository repository, HistoryTable history, Session session) {
        this.repository = repository;
        this.history = history;
        this.session = session;
    }

    /** Of the revisions that are to be undone, and of those whose undo did not end well. */
    Map<RevisionId, UndoPart> of(Situation situation) throws SQLException, IOException {
        Map<RevisionId, Attempt> open = situation.history().openUndoes(situation.changelog());
        List<AppliedRevision> rows = new ArrayList<>(MigrationPlan.toUndo(situation));
        for (RevisionId id : open.keySet()) {
            rows.add(situation.changelog().applied().get(id));
        }
        Map<RevisionId, UndoPart> parts = new HashMap<>();
        for (AppliedRevision row : rows) {
            Optional<Script> script = situation.scripts().stream()
                    .filter(found -> found.id().equals(row.id()))
                    .findFirst();
            parts.put(row.id(), script.isPresent() ? repository.undo(script.get()) : kept(situation, row));
        }
        return parts;
    }

    private UndoPart kept(Situation situation, AppliedRevision row) throws SQLException, IOException {
        List<Attempt> attempts = new ArrayList<>(situation.history().attempts());
        attempts.removeIf(attempt -> !attempt.revision().equals(row.id()) || !attempt.belongsTo(row));
        Optional<Attempt> newest = Optional.empty();
        for (int index = attempts.size() - 1; index >= 0; index--) {
            Attempt attempt = attempts.get(index);
            Optional<String> text = history.undoText(session.connection(), attempt.number());
            if (text.isPresent()) {
                return repository.undo(described(row, attempt), text.get());
            }
            newest = newest.or(() -> Optional.of(attempt));
        }
        return newest.isPresent()
                ? repository.undo(described(row, newest.get()), "")
                : new UndoPart.Unusable(
                        new Problem("history", Message.UNDO_UNKNOWN.with(row.id() + " " + row.description())));
    }

    /** The script as the history knows it. */
    private static Script described(AppliedRevision row, Attempt attempt) {
        String path = attempt.script();
        return new Script(
                row.id(),
                row.description(),
                path.substring(path.lastIndexOf('/') + 1),
                path,
                attempt.checksum().orElse(""),
                () -> ScriptContent.unknown(attempt.statements()));
    }
}
