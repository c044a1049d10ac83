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
 * @param checksum of the up part, with the name of its algorithm
 * @param onlyRows whether every statement reads or changes rows
 * @param sessionBound whether a statement sets or reads what only its session knows
 * @param transaction what it says of transactions
 */
public record Script(
        RevisionId id,
        String description,
        String file,
        String path,
        int statements,
        String checksum,
        boolean onlyRows,
        boolean sessionBound,
        Transaction transaction)
        implements Comparable<Script> {

    /** What the script says of transactions. */
    public enum Transaction {
        /** Nothing: one transaction can hold it. */
        WHOLE,
        /** It ends transactions by itself, so that no other can hold it. */
        OWN,
        /** It must not run in one. */
        NONE
    }

    @Override
    public int compareTo(Script other) {
        return id.compareTo(other.id);
    }
}
