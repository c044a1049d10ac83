package io.github.deploymigrations.deployment;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.plan.Goal;
import io.github.deploymigrations.run.Migration;
import io.github.deploymigrations.settings.Mode;
import io.github.deploymigrations.settings.Resolution;
import java.time.Duration;
import javax.sql.DataSource;

/** What a person wants done with one database. */
public sealed interface Action {
    /** For the database to answer. */
    Duration LIMIT = Duration.ofSeconds(30);

    /** Does it. */
    MigrationReport on(Migration migration, DataSource dataSource);

    /** Whether its report stands for the deployment's own, also if it failed. */
    boolean isRun();

    /** What is pending is applied. */
    record Run() implements Action {
        @Override
        public MigrationReport on(Migration migration, DataSource dataSource) {
            return migration.run(dataSource, Mode.MIGRATE, LIMIT);
        }

        @Override
        public boolean isRun() {
            return true;
        }
    }

    /** The newest revisions are undone, down to the goal. */
    record Undo(Goal goal) implements Action {
        @Override
        public MigrationReport on(Migration migration, DataSource dataSource) {
            return migration.undo(dataSource, goal, LIMIT);
        }

        @Override
        public boolean isRun() {
            return true;
        }
    }

    /** One revision is settled by a person's word. */
    record Settle(RevisionId revision, Resolution how) implements Action {
        @Override
        public MigrationReport on(Migration migration, DataSource dataSource) {
            return migration.settle(dataSource, revision, how, LIMIT);
        }

        @Override
        public boolean isRun() {
            return false;
        }
    }
}
