package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.ChangeLogTable;
import io.github.deploymigrations.changelog.History;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.plan.Goal;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.plan.Situation;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.scripts.UndoPart;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads changelog and history, and decides what they call for; changes nothing. Not thread-safe. */
final class Look {
    private final Job job;
    private final Goal goal;
    private final Session session;
    private final Reporting report;

    Look(Job job, Goal goal, Session session, Reporting report) {
        this.job = job;
        this.goal = goal;
        this.session = session;
        this.report = report;
    }

    /** Looks at changelog and history, and at the statements of what they leave to be done; changes nothing. */
    View now() throws RunStopped, SQLException, IOException {
        View view = behind();
        requireUsable(MigrationPlan.unapplied(view.situation()));
        // what is undone first and applied again is not among those
        List<Script> applied = new ArrayList<>();
        for (Step.Apply step : view.plan().steps()) {
            applied.add(step.script());
        }
        requireUsable(applied);
        return view;
    }

    /** Looks behind a run, when nothing is to be done any more; changes nothing. */
    View behind() throws RunStopped, SQLException, IOException {
        ChangeLog changelog =
                new ChangeLogTable(job.repository().changelog(), session.product()).read(session.connection());
        if (changelog instanceof ChangeLog.Unreadable unreadable) {
            throw new RunStopped(
                    new MigrationFailure.UnreadableChangeLog(unreadable.explanation(), unreadable.database()));
        }
        History history = table().read(session.connection());
        if (history instanceof History.Unreadable unreadable) {
            throw new RunStopped(
                    new MigrationFailure.UnreadableChangeLog(unreadable.explanation(), unreadable.database()));
        }
        View view = view((ChangeLog.Known) changelog, (History.Known) history);
        report.plan(view.plan());
        return view;
    }

    private View view(ChangeLog.Known changelog, History.Known history) throws SQLException, IOException {
        Situation found = new Situation(
                job.repository().scripts(),
                changelog,
                history,
                Map.of(),
                Map.of(),
                goal(),
                job.settings().target(),
                job.settings().policies());
        // looked through together, which takes less time; what is wrong with them is said where it matters
        ScriptRepository.problems(MigrationPlan.unapplied(found));
        Map<RevisionId, UndoPart> undoParts = new UndoParts(job.repository(), table(), session).of(found);
        Situation situation =
                found.with(new Standings(job.repository(), session).of(changelog, history, undoParts), undoParts);
        return new View(situation, MigrationPlan.of(situation));
    }

    /** A script that was applied long ago may be whatever it was then. */
    private static void requireUsable(List<Script> scripts) throws RunStopped {
        List<Problem> problems = ScriptRepository.problems(scripts);
        if (!problems.isEmpty()) {
            throw new RunStopped(new MigrationFailure.InvalidScripts(problems));
        }
    }

    /** Without what an earlier attempt of this run undid. */
    private Goal goal() {
        return goal instanceof Goal.Down down
                ? new Goal.Down(down.steps() - report.undone().size())
                : goal;
    }

    private HistoryTable table() {
        return new HistoryTable(job.repository().changelog(), session.product(), job.origin(), report.backup());
    }
}
