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
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
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

    Map<RevisionId, Standing> of(ChangeLog.Known changelog, History.Known history) throws SQLException, IOException {
        Map<RevisionId, Attempt> latest = history.latest();
        Map<RevisionId, Standing> standings = new HashMap<>();
        for (Script script : repository.scripts()) {
            Attempt attempt = latest.get(script.id());
            boolean open = attempt != null
                    && Situation.isOpen(attempt)
                    && !changelog.applied().containsKey(script.id());
            if (open) {
                standings.put(script.id(), of(script, attempt));
            }
        }
        return standings;
    }

    private Standing of(Script script, Attempt attempt) throws SQLException, IOException {
        Optional<String> beginning = repository.checksumUpTo(script, attempt.done());
        if (beginning.filter(attempt.doneChecksum()::equals).isEmpty()) {
            return beginningChanged(script, attempt);
        }
        if (attempt.doubt() instanceof Doubt.OfSession) {
            return unprovable(
                    script,
                    attempt,
                    "a statement set something in its session, which the rest would not find any more");
        }
        if (attempt.doubt() instanceof Doubt.OfSeveral) {
            return unprovable(script, attempt, "it may have taken effect in part");
        }
        boolean failed = attempt.outcome() == Attempt.Outcome.FAILED;
        if (failed || attempt.doubt() instanceof Doubt.None) {
            return new Standing.GoOn(attempt.done() + 1);
        }
        return attempt.doubt() instanceof Doubt.OfEffect effect
                ? byMetadata(script, attempt, effect)
                : unprovable(script, attempt, "the metadata of no table shows it");
    }

    private Standing byMetadata(Script script, Attempt attempt, Doubt.OfEffect doubt) throws SQLException, IOException {
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
                    script,
                    attempt,
                    "what is there of " + effect.table() + " is as it was neither before it nor after it");
        }
        boolean same = repository
                .checksumUpTo(script, attempt.done() + 1)
                .filter(doubt.checksum()::equals)
                .isPresent();
        return same
                ? new Standing.GoOn(attempt.done() + 2)
                : unprovable(script, attempt, "it took effect on " + effect.table() + ", and was edited since");
    }

    private static Standing beginningChanged(Script script, Attempt attempt) {
        return new Standing.Unknown(
                attempt.done(),
                Message.BEGINNING_CHANGED.with(
                        script.file(), attempt.node(), attempt.startedAt(), attempt.done(), script.id()));
    }

    private static Standing unprovable(Script script, Attempt attempt, String reason) {
        return new Standing.Unknown(
                attempt.done(),
                Message.INTERRUPTED_REFUSED.with(
                        script.file(),
                        attempt.node(),
                        attempt.startedAt(),
                        attempt.done(),
                        script.statements(),
                        attempt.done() + 1,
                        reason,
                        script.path(),
                        script.id()));
    }
}
