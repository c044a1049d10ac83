package io.github.deploymigrations;

/** The state of a revision: what this deployment's scripts and the database's changelog say of it together. */
public enum RevisionState {
    /** The last attempt to apply the script failed. */
    FAILED,
    /** Applied, but this deployment has newer scripts and none with this id. */
    MISSING,
    /** Applied by a release that is newer than this deployment. */
    NEWER,
    /** Not applied, although a newer revision is. */
    LATE,
    /** The script was applied. */
    APPLIED,
    /** The script is to be applied. */
    PENDING;

    /** Whether the changelog lists a revision of this state. */
    public boolean isApplied() {
        return switch (this) {
            case APPLIED, MISSING, NEWER -> true;
            case FAILED, LATE, PENDING -> false;
        };
    }
}
