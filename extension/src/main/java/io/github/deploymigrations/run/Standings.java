package io.github.deploymigrations.run;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.Attempt;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.Doubt;
import io.github.deploymigrations.changelog.History;
import io.github.deploymigrations.database.TableMetaData;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.plan.Situation;
import io.github.deploymigrations.plan.Standing;
import io.github.deploymigrations.scripts.Part;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.scripts.UndoPart;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proves where the scripts stand that were begun and not ended.
 *
 * <p>What the history says is committed, is. The statement behind that is rolled back if it changed rows in a
 * transaction; if it defined something that a table's metadata shows, whether that is there now and was before it tell; else
 * nothing does.
 */
final class Standings {
    private final ScriptRepository repository;
    private final Session session;

    Standings(ScriptRepository repository, Session session) {
        this.repository = repository;
        this.session = session;
    }

    /** @param undoParts of what was begun to be undone */
    Map<RevisionId, Standing> of(ChangeLog.Known changelog, History.Known history, Map<RevisionId, UndoPart> undoParts)
            throws SQLException, IOException {
        Map<RevisionId, Attempt> latest = hasOpen(history) ? history.latest() : Map.of();
        Map<RevisionId, Standing> standings = new HashMap<>();
        if (!latest.isEmpty()) {
            for (Script script : repository.scripts()) {
                Attempt attempt = latest.get(script.id());
                boolean open = attempt != null
                        && Situation.isOpen(attempt)
                        && !changelog.applied().containsKey(script.id());
                if (open) {
                    standings.put(script.id(), of(new Part.Up(script), attempt));
                }
            }
        }
        for (Attempt attempt : history.openUndoes(changelog).values()) {
            standings.put(attempt.revision(), ofUndo(undoParts.get(attempt.revision()), attempt));
        }
        return standings;
    }

    private static boolean hasOpen(History.Known history) {
        for (Attempt attempt : history.attempts()) {
            if (Situation.isOpen(attempt)) {
                return true;
            }
        }
        return false;
    }

    private Standing of(Part part, Attempt attempt) throws SQLException, IOException {
        Optional<String> beginning = repository.checksumUpTo(part, attempt.done());
        if (beginning.filter(attempt.doneChecksum()::equals).isEmpty()) {
            return beginningChanged(part, attempt, attempt.done());
        }
        if (attempt.doubt() instanceof Doubt.OfSession) {
            return unprovable(
                    part, attempt, "a statement set something in its session, which the rest would not find any more");
        }
        if (attempt.doubt() instanceof Doubt.OfSeveral) {
            return unprovable(part, attempt, "it may have taken effect in part");
        }
        boolean failed = attempt.outcome() == Attempt.Outcome.FAILED;
        if (failed || attempt.doubt() instanceof Doubt.None) {
            return new Standing.GoOn(attempt.done() + 1);
        }
        return attempt.doubt() instanceof Doubt.OfEffects effects
                ? byMetadata(part, attempt, effects.statements())
                : unprovable(part, attempt, "the metadata of no table shows it");
    }

    private Standing byMetadata(Part part, Attempt attempt, List<Doubt.Visible> statements)
            throws SQLException, IOException {
        int took = 0;
        while (took < statements.size() && tookEffect(statements.get(took))) {
            took++;
        }
        // nobody can tell of the indexes of a table that is not there
        int told = took == 0 ? 1 : statements.size();
        for (Doubt.Visible next : statements.subList(took, told)) {
            if (table(next).presence() != presence(next.before())) {
                return unprovable(part, attempt, attempt.done() + took, contradiction(next));
            }
        }
        return took == 0 ? new Standing.GoOn(attempt.done() + 1) : behind(part, attempt, statements.subList(0, took));
    }

    private boolean tookEffect(Doubt.Visible statement) throws SQLException {
        boolean comes = statement.effect().comes();
        return comes != statement.before() && table(statement).presence() == presence(comes);
    }

    /** Where a script stands of which these statements took effect, behind those that are done for sure. */
    private Standing behind(Part part, Attempt attempt, List<Doubt.Visible> took) throws SQLException, IOException {
        Doubt.Visible last = took.get(took.size() - 1);
        int done = attempt.done() + took.size() - 1;
        if (took.size() > 1 && !isUnchanged(part, done, took.get(took.size() - 2))) {
            return beginningChanged(part, attempt, done);
        }
        // an index that took effect shows that its table did, whatever became of that since
        if (took.size() == 1 && last.effect().comes() && !table(last).hasItsColumns()) {
            return unprovable(part, attempt, done, contradiction(last));
        }
        return isUnchanged(part, done + 1, last)
                ? new Standing.GoOn(done + 2)
                : unprovable(
                        part,
                        attempt,
                        done,
                        "it took effect on " + last.effect().table() + ", and was edited since");
    }

    private static String contradiction(Doubt.Visible statement) {
        return "what is there of " + statement.effect().table() + " is as it was neither before it nor after it";
    }

    private TableMetaData table(Doubt.Visible statement) throws SQLException {
        return new TableMetaData(session.connection(), session.product(), statement.effect());
    }

    private static TableMetaData.Presence presence(boolean there) {
        return there ? TableMetaData.Presence.THERE : TableMetaData.Presence.ABSENT;
    }

    private boolean isUnchanged(Part part, int number, Doubt.Visible statement) throws IOException {
        return repository.checksumUpTo(part, number).filter(statement::endsAt).isPresent();
    }

    private static Standing beginningChanged(Part part, Attempt attempt, int done) {
        if (!(part instanceof Part.Up)) {
            return undoInDoubt(attempt, done, "they are not those of its undo part any more");
        }
        Script script = part.script();
        return new Standing.Unknown(
                done,
                Message.BEGINNING_CHANGED.with(script.file(), attempt.node(), attempt.startedAt(), done, script.id()));
    }

    private Standing ofUndo(UndoPart undo, Attempt attempt) throws SQLException, IOException {
        if (isNothingDone(attempt)) {
            return new Standing.GoOn(1);
        }
        return undo instanceof UndoPart.Usable usable
                ? of(usable.part(), attempt)
                : undoInDoubt(attempt, attempt.done(), "its undo part cannot run any more");
    }

    /** Whatever became of its undo part since. */
    private static boolean isNothingDone(Attempt attempt) {
        return attempt.outcome() == Attempt.Outcome.FAILED
                && attempt.done() == 0
                && attempt.doubt() instanceof Doubt.None;
    }

    private static Standing undoInDoubt(Attempt attempt, int done, String reason) {
        return new Standing.Unknown(
                done,
                Message.UNDO_IN_DOUBT.with(
                        attempt.revision(), attempt.node(), attempt.startedAt(), done, attempt.statements(), reason));
    }

    private static Standing unprovable(Part part, Attempt attempt, String reason) {
        return unprovable(part, attempt, attempt.done(), reason);
    }

    /** @param done how many statements are in the database for sure */
    private static Standing unprovable(Part part, Attempt attempt, int done, String reason) {
        if (!(part instanceof Part.Up)) {
            return undoInDoubt(attempt, done, reason);
        }
        Script script = part.script();
        return new Standing.Unknown(
                done,
                Message.INTERRUPTED_REFUSED.with(
                        script.file(),
                        attempt.node(),
                        attempt.startedAt(),
                        done,
                        script.countedStatements().orElse(attempt.statements()),
                        done + 1,
                        reason,
                        script.path(),
                        script.id()));
    }
}
