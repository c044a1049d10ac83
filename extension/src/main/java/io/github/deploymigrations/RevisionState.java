package io.github.deploymigrations;

/** The state of a revision: what this deployment's scripts and the database's changelog say of it together. */
public enum RevisionState {
    /** A run applies it now. */
    RUNNING,
    /** An attempt to apply the script, or to undo it, began, and nobody was left to say how it ended. */
    INTERRUPTED,
    /** The last attempt to apply the script failed, or the last to undo it did and left it half undone. */
    FAILED,
    /** Applied, but the script is not what was applied. */
    CHANGED,
    /** Applied, but this deployment has newer scripts and none with this id. */
    MISSING,
    /** Applied by a release that is newer than this deployment. */
    NEWER,
    /** Not applied, although a newer revision is. */
    LATE,
    /** Not applied, and not to be. */
    SKIPPED,
    /** The script was applied. */
    APPLIED,
    /** The script is to be applied. */
    PENDING,
    /** It was applied once and undone since. */
    UNDONE;

    /** Whether the changelog lists a revision of this state, and nothing of it is undone. */
    public boolean isApplied() {
        return switch (this) {
            case APPLIED, CHANGED, MISSING, NEWER -> true;
            case RUNNING, INTERRUPTED, FAILED, LATE, SKIPPED, PENDING, UNDONE -> false;
        };
    }
}
