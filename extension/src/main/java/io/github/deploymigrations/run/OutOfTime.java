package io.github.deploymigrations.run;

import java.sql.SQLException;

/** The run's time is over. An {@link SQLException}, so that it can stop a statement where it would run. */
final class OutOfTime extends SQLException {
    private static final long serialVersionUID = 1L;

    OutOfTime() {
        super("the time of the run is over");
    }
}
