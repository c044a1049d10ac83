package io.github.deploymigrations.plan;

import io.github.deploymigrations.Revision;
import io.github.deploymigrations.changelog.AppliedRevision;
import java.util.List;
import java.util.stream.Collectors;

/** Revisions as a refusal names them. */
final class Names {
    private Names() {}

    /** The scripts' names, or id and description where there is no script. */
    static String of(List<Revision> revisions) {
        return revisions.stream()
                .map(revision -> revision.script().orElse(revision.id() + " " + revision.description()))
                .collect(Collectors.joining(", "));
    }

    static String ofRows(List<AppliedRevision> rows) {
        return rows.stream().map(row -> row.id() + " " + row.description()).collect(Collectors.joining(", "));
    }

    static String ids(List<Revision> revisions) {
        return revisions.stream().map(revision -> revision.id().toString()).collect(Collectors.joining(", "));
    }
}
