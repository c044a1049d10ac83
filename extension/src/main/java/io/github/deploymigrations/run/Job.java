package io.github.deploymigrations.run;

import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.preflight.Finding;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.settings.MigrationSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What all runs of one migration have in common.
 *
 * @param settings of its block
 * @param repository of its scripts
 * @param origin of what it writes in the history
 * @param listeners that hear of its runs
 * @param atWork the run of this process that is at work now, which any thread may ask for
 * @param recentDrift what was found of late of changes by hand, for those who ask often
 * @param known what is known to be wrong around it, without asking a database
 */
record Job(
        MigrationSettings settings,
        ScriptRepository repository,
        HistoryTable.Origin origin,
        Listeners listeners,
        AtomicReference<Optional<Whereabouts>> atWork,
        RecentDrift recentDrift,
        List<Finding> known) {

    Job {
        known = List.copyOf(known);
    }

    Job knowing(List<Finding> findings) {
        return new Job(settings, repository, origin, listeners, atWork, recentDrift, findings);
    }

    /** The same for a person, who does not wait for another run. */
    Job by(String actor) {
        HistoryTable.Origin person = new HistoryTable.Origin(origin.node(), origin.deployment(), Optional.of(actor));
        return new Job(
                settings.withLockTimeout(Duration.ZERO), repository, person, listeners, atWork, recentDrift, known);
    }
}
