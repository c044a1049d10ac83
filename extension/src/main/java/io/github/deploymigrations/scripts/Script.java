package io.github.deploymigrations.scripts;

import io.github.deploymigrations.RevisionId;

/**
 * One script of this release. Immutable.
 *
 * @param id from the file's name
 * @param description from the file's name, as MyBatis reads it
 * @param file name
 * @param path for people: folder of the repository and file name
 * @param statements of the up part
 */
public record Script(RevisionId id, String description, String file, String path, int statements)
        implements Comparable<Script> {
    @Override
    public int compareTo(Script other) {
        return id.compareTo(other.id);
    }
}
