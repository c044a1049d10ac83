package io.github.deploymigrations.lock;

import static java.util.Objects.requireNonNull;

/**
 * Who wants a lock.
 *
 * @param node name of the machine or server, never null
 * @param deployment name of the application or block, never null
 */
public record Contender(String node, String deployment) {
    public Contender {
        requireNonNull(node);
        requireNonNull(deployment);
    }
}
