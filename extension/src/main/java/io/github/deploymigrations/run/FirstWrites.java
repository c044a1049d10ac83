package io.github.deploymigrations.run;

import io.github.deploymigrations.DatabaseError;
import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.database.Obstacle;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.TableName;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What a run writes before the first script: the first that a database without rights, without room or read-only
 * refuses. Then nothing was run, and a person is told what is missing.
 */
final class FirstWrites {
    private final TableName history;

    FirstWrites(TableName changelog) {
        this.history = changelog.withSuffix("_HISTORY");
    }

    /** Writes something. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException, IOException;
    }

    void write(Work work) throws RunStopped, SQLException, IOException {
        try {
            work.run();
        } catch (SQLException e) {
            refuse(e);
            DatabaseError error = Errors.of(e).orElseThrow();
            if (error.sqlState().orElse("08").startsWith("08")) {
                throw e;
            }
            throw stopped(Message.OWN_TABLE_UNWRITABLE.with(history, error.message()), error);
        }
    }

    /** Ends the run where the error says that this database refuses all that is written. */
    static void refuse(SQLException thrown) throws RunStopped {
        DatabaseError error = Errors.of(thrown).orElseThrow();
        Optional<Obstacle> obstacle = Obstacle.of(error);
        if (obstacle.isPresent()) {
            throw stopped(obstacle.get().explain(error), error);
        }
    }

    private static RunStopped stopped(Explanation explanation, DatabaseError error) {
        return new RunStopped(new MigrationFailure.RunFailed(explanation, Optional.of(error), List.of()));
    }
}
