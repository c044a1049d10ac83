package io.github.deploymigrations.changelog;

import io.github.deploymigrations.RevisionId;
import java.util.Optional;
import java.util.Set;

/**
 * A row of the history about the schema and not about an attempt. Immutable.
 *
 * @param kind of the row
 * @param revision concerned; of {@link Kind#SCHEMA} and {@link Kind#DRIFT} the newest that is applied
 * @param mark the changelog's checksum for {@link Kind#SCHEMA}
 * @param changelogAt the text in the changelog's row that a {@link Kind#CHANGES} belongs to
 * @param text lines
 */
public record SchemaNote(
        Kind kind, RevisionId revision, Optional<String> mark, Optional<String> changelogAt, String text) {

    /** What is told. */
    public enum Kind {
        /** The whole schema, as a run left it. */
        SCHEMA,
        /** What a script changed. */
        CHANGES,
        /** What was changed by hand before a run. */
        DRIFT;

        /** All of them, as a list in SQL. */
        static final String LIST = "('SCHEMA', 'CHANGES', 'DRIFT')";

        private static final Set<String> NAMES = Set.of(SCHEMA.name(), CHANGES.name(), DRIFT.name());

        static boolean has(String name) {
            return NAMES.contains(name);
        }
    }
}
