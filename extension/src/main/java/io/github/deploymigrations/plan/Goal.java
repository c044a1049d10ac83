package io.github.deploymigrations.plan;

import io.github.deploymigrations.RevisionId;

/** Where a run is to bring the database. */
public sealed interface Goal {
    /** To what this release and its settings say. */
    record Release() implements Goal {}

    /** Down by so many revisions. */
    record Down(int steps) implements Goal {}

    /** Down to a revision, which stays applied. */
    record DownTo(RevisionId id) implements Goal {}
}
