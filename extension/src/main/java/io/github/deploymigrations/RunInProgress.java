package io.github.deploymigrations;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A run that is at work on the changelog now, here or elsewhere, as far as it can be seen. Immutable.
 *
 * @param node where it runs
 * @param deployment that it belongs to
 * @param since when it began
 * @param session what the database's administrator calls it, where the database tells
 * @param progress how far it is
 */
public record RunInProgress(
        Optional<String> node,
        Optional<String> deployment,
        Optional<Instant> since,
        Optional<String> session,
        Optional<Progress> progress) {

    public RunInProgress {
        requireNonNull(node);
        requireNonNull(deployment);
        requireNonNull(since);
        requireNonNull(session);
        requireNonNull(progress);
    }
}
