package io.github.deploymigrations.preflight;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** All that can be asked before a run begins. To be asked only where there is something to do, as each asks the database. */
public final class Preflight {
    private static final List<Probe> PROBES = List.of(
            new ReadOnlyDatabase(),
            new PostgreSqlRights(),
            new MariaDbRights(),
            new BackupMeans(),
            new StatementTime(),
            new Clocks());

    private Preflight() {}

    /** What is found, in the order in which it would be met. */
    public static List<Finding> of(Undertaking work) {
        List<Finding> findings = new ArrayList<>();
        for (Probe probe : PROBES) {
            try {
                findings.addAll(probe.ask(work));
            } catch (SQLException | IOException | RuntimeException e) {
                // a version or a driver that cannot be asked, or a user who may not ask: no reason for a run to fail
                Log.trace(Message.NOT_BEGUN, e);
            }
        }
        return List.copyOf(findings);
    }
}
