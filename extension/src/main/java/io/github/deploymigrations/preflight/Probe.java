package io.github.deploymigrations.preflight;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Asks one thing, and writes nothing. Where the answer leaves a doubt it says nothing: the statement itself will tell. */
@FunctionalInterface
interface Probe {
    /**
     * Asks.
     *
     * @throws SQLException as an IOException, if it cannot be asked here, which is no finding
     */
    List<Finding> ask(Undertaking work) throws SQLException, IOException;
}
