package io.github.deploymigrations.run;

import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.History;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.plan.Situation;
import io.github.deploymigrations.preflight.Finding;
import io.github.deploymigrations.preflight.FirstScript;
import io.github.deploymigrations.preflight.Preflight;
import io.github.deploymigrations.preflight.Undertaking;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.settings.MigrationSettings;
import java.util.ArrayList;
import java.util.List;

/** What would go wrong with a plan, found before anything is locked or written. */
final class Foresight {
    private final MigrationSettings settings;
    private final ScriptRepository repository;
    private final Session session;
    private final Reporting report;
    private final List<Finding> known;

    /** @param known what the deployment came upon without a database */
    Foresight(
            MigrationSettings settings,
            ScriptRepository repository,
            Session session,
            Reporting report,
            List<Finding> known) {
        this.settings = settings;
        this.repository = repository;
        this.session = session;
        this.report = report;
        this.known = known;
    }

    /** What a person should know at any time. */
    void tell() {
        for (Explanation finding : Finding.doubtful(known)) {
            report.warn(finding);
        }
    }

    /** What would keep a run from ending well although it has nothing to do; of the rest the report hears. */
    List<Problem> obstacles() {
        tell();
        return Finding.fatal(known);
    }

    /** What would keep the plan from ending well; of the rest the report hears. Asks the database. */
    List<Problem> obstacles(Situation situation, MigrationPlan plan) {
        List<Problem> obstacles = new ArrayList<>(obstacles());
        List<Finding> found = Preflight.of(undertaking(situation, plan));
        Finding.doubtful(found).forEach(report::warn);
        obstacles.addAll(Finding.fatal(found));
        return obstacles;
    }

    /** Tells the report alone: who does what is planned may be somebody else, at another time. */
    void tell(Situation situation, MigrationPlan plan) {
        Finding.all(known).forEach(report::warn);
        if (!plan.isNothingToDo()) {
            Finding.all(Preflight.of(undertaking(situation, plan))).forEach(report::warn);
        }
    }

    private Undertaking undertaking(Situation situation, MigrationPlan plan) {
        return new Undertaking(
                session.connection(),
                session.product(),
                settings,
                repository,
                plan,
                situation.changelog() instanceof ChangeLog.Present,
                situation.history() instanceof History.Present,
                report.backup().isPresent(),
                FirstScript.of(repository, plan));
    }
}
