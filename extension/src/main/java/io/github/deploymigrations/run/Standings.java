package io.github.deploymigrations.run;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.Attempt;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.Doubt;
import io.github.deploymigrations.changelog.History;
import io.github.deploymigrations.database.Effect;
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
            return beginningChanged(part, attempt);
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
        return attempt.doubt() instanceof Doubt.OfEffect effect
                ? byMetadata(part, attempt, effect)
                : unprovable(part, attempt, "the metadata of no table shows it");
    }

    private Standing byMetadata(Part part, Attempt attempt, Doubt.OfEffect doubt) throws SQLException, IOException {
        Effect effect = doubt.effect();
        TableMetaData table = new TableMetaData(session.connection(), session.product(), effect);
        TableMetaData.Presence presence = table.presence();
        boolean now = presence == TableMetaData.Presence.THERE;
        boolean known = presence != TableMetaData.Presence.UNKNOWN;
        if (known && now == doubt.before()) {
            return new Standing.GoOn(attempt.done() + 1);
        }
        boolean tookEffect = known && now == effect.comes() && (!now || table.hasItsColumns());
        if (!tookEffect) {
            return unprovable(
                    part,
                    attempt,
                    "what is there of " + effect.table() + " is as it was neither before it nor after it");
        }
        boolean same = repository
                .checksumUpTo(part, attempt.done() + 1)
                .filter(doubt.checksum()::equals)
                .isPresent();
        return same
                ? new Standing.GoOn(attempt.done() + 2)
                : unprovable(part, attempt, "it took effect on " + effect.table() + ", and was edited since");
    }

    private static Standing beginningChanged(Part part, Attempt attempt) {
        if (!(part instanceof Part.Up)) {
            return undoInDoubt(attempt, "they are not those of its undo part any more");
        }
        Script script = part.script();
        return new Standing.Unknown(
                attempt.done(),
                Message.BEGINNING_CHANGED.with(
                        script.file(), attempt.node(), attempt.startedAt(), attempt.done(), script.id()));
    }

    private Standing ofUndo(UndoPart undo, Attempt attempt) throws SQLException, IOException {
        if (isNothingDone(attempt)) {
            return new Standing.GoOn(1);
        }
        return undo instanceof UndoPart.Usable usable
                ? of(usable.part(), attempt)
                : undoInDoubt(attempt, "its undo part cannot run any more");
    }

    /** Whatever became of its undo part since. */
    private static boolean isNothingDone(Attempt attempt) {
        return attempt.outcome() == Attempt.Outcome.FAILED
                && attempt.done() == 0
                && attempt.doubt() instanceof Doubt.None;
    }

    private static Standing undoInDoubt(Attempt attempt, String reason) {
        return new Standing.Unknown(
                attempt.done(),
                Message.UNDO_IN_DOUBT.with(
                        attempt.revision(),
                        attempt.node(),
                        attempt.startedAt(),
                        attempt.done(),
                        attempt.statements(),
                        reason));
    }

    private static Standing unprovable(Part part, Attempt attempt, String reason) {
        if (!(part instanceof Part.Up)) {
            return undoInDoubt(attempt, reason);
        }
        Script script = part.script();
        return new Standing.Unknown(
                attempt.done(),
                Message.INTERRUPTED_REFUSED.with(
                        script.file(),
                        attempt.node(),
                        attempt.startedAt(),
                        attempt.done(),
                        script.countedStatements().orElse(attempt.statements()),
                        attempt.done() + 1,
                        reason,
                        script.path(),
                        script.id()));
    }
}
