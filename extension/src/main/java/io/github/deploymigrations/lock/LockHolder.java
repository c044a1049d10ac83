package io.github.deploymigrations.lock;

import io.github.deploymigrations.Progress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Who holds a lock, as far as the database can tell. Immutable.
 *
 * @param node name of the machine or server
 * @param deployment name of the application or block
 * @param since when it took the lock
 * @param session what the DBA calls it: the number of a session or process, with its user and address
 * @param progress where it says how far it is
 */
public record LockHolder(
        Optional<String> node,
        Optional<String> deployment,
        Optional<Instant> since,
        Optional<String> session,
        Optional<Progress> progress) {

    /** One who is there, and of whom nothing is known. */
    static final LockHolder UNKNOWN =
            new LockHolder(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    LockHolder(Optional<String> node, Optional<String> deployment, Optional<Instant> since, Optional<String> session) {
        this(node, deployment, since, session, Optional.empty());
    }

    static LockHolder of(Contender contender, Instant since, Optional<String> session) {
        return new LockHolder(
                Optional.of(contender.node()), Optional.of(contender.deployment()), Optional.of(since), session);
    }

    /** For a sentence: "shop on node-1 since 2026-01-05T09:00:00Z (session 4711)". */
    public String describe() {
        StringBuilder text = new StringBuilder(deployment.orElse("another run"));
        node.ifPresent(name -> text.append(" on ").append(name));
        since.ifPresent(time -> text.append(" since ").append(time.truncatedTo(ChronoUnit.SECONDS)));
        session.ifPresent(name -> text.append(" (session ").append(name).append(')'));
        progress.ifPresent(far -> text.append(", at ").append(far.describe()));
        return text.toString();
    }
}
