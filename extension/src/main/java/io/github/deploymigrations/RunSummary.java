package io.github.deploymigrations;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run, or a look, was to do, and did. Immutable.
 *
 * @param environment MyBatis environment; the default where the settings are wrong
 * @param mode in the words of the configuration
 * @param changelog name of the changelog table as it stands in SQL; empty if the settings could not be read that far
 * @param node where it ran
 * @param startedAt when it started
 * @param duration how long it took
 * @param lockWait how much of it was waiting for another run
 * @param applied the revisions that it applied, in order, and how long each took
 * @param undone the revisions that it undid, the newest first, and how long each took
 * @param backup the file with the database as it was before its scripts, if one was made
 */
public record RunSummary(
        String environment,
        String mode,
        Optional<String> changelog,
        String node,
        Instant startedAt,
        Duration duration,
        Duration lockWait,
        Map<RevisionId, Duration> applied,
        Map<RevisionId, Duration> undone,
        Optional<String> backup) {

    public RunSummary {
        requireNonNull(environment);
        requireNonNull(mode);
        requireNonNull(changelog);
        requireNonNull(node);
        requireNonNull(startedAt);
        requireNonNull(duration);
        requireNonNull(lockWait);
        applied = Collections.unmodifiableMap(new LinkedHashMap<>(applied));
        undone = Collections.unmodifiableMap(new LinkedHashMap<>(undone));
        requireNonNull(backup);
    }

    /** One that did nothing, on this node. */
    static RunSummary ofNothing(String environment, String mode, Instant startedAt) {
        return new RunSummary(
                environment,
                mode,
                Optional.empty(),
                Node.name(),
                startedAt,
                Duration.between(startedAt, Instant.now()),
                Duration.ZERO,
                Map.of(),
                Map.of(),
                Optional.empty());
    }

    /** The same on a changelog that is known by now, if it is. */
    RunSummary on(Optional<String> known) {
        return new RunSummary(environment, mode, known, node, startedAt, duration, lockWait, applied, undone, backup);
    }
}
