package io.github.deploymigrations.run;

import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.History;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.plan.Situation;

/**
 * What the database said when it was looked at, and what follows from it. Immutable.
 *
 * @param situation that was found
 * @param plan for it
 */
record View(Situation situation, MigrationPlan plan) {
    ChangeLog.Known changelog() {
        return situation.changelog();
    }

    History.Known history() {
        return situation.history();
    }
}
