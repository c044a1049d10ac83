package io.github.deploymigrations.settings;

import io.github.deploymigrations.RevisionId;
import java.util.Map;

/**
 * What to do where scripts and database do not fit together. Immutable.
 *
 * @param late scripts that were passed over
 * @param changed scripts that are not what was applied
 * @param missing applied revisions without a script
 * @param newer applied revisions above this release
 * @param allowUndo whether a run may undo what target and {@code newer} ask for
 * @param resolve how a person settles single revisions
 */
public record Policies(
        LatePolicy late,
        Policy changed,
        Policy missing,
        NewerPolicy newer,
        boolean allowUndo,
        Map<RevisionId, Resolution> resolve) {
    /** The defaults outside of development. */
    public static final Policies STRICT =
            new Policies(LatePolicy.FAIL, Policy.FAIL, Policy.FAIL, NewerPolicy.WARN, false, Map.of());

    public Policies {
        resolve = Map.copyOf(resolve);
    }

    /** The same with a person's word about one revision, and no other; nothing else is undone. */
    public Policies resolving(RevisionId id, Resolution how) {
        return new Policies(late, changed, missing, newer, false, Map.of(id, how));
    }
}
