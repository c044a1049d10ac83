package io.github.deploymigrations.scripts;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.messages.ProblemsFound;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * One script of this release. Immutable and thread-safe. Its statements are looked at when somebody asks for the first
 * time: of most scripts nobody does, as they were applied long ago.
 *
 * @param id from the file's name
 * @param description from the file's name, as MyBatis reads it
 * @param file name
 * @param path for people: folder of the repository and file name
 * @param checksum of the up part, with the name of its algorithm
 * @param content of the part that this is about; fails with {@link ProblemsFound} if it cannot run
 */
public record Script(
        RevisionId id, String description, String file, String path, String checksum, Supplier<ScriptContent> content)
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

    /** The same with content that is known. */
    public Script with(ScriptContent known) {
        return new Script(id, description, file, path, checksum, () -> known);
    }

    /**
     * Looks through its statements.
     *
     * @throws ProblemsFound if they cannot run
     */
    void requireUsable() {
        statements();
    }

    /**
     * How many statements there are.
     *
     * @throws ProblemsFound if they cannot run
     */
    public int statements() {
        return content.get().statements();
    }

    /** How many statements there are; empty if they cannot run, and need not, as something else is said of the script. */
    public OptionalInt countedStatements() {
        try {
            return OptionalInt.of(statements());
        } catch (ProblemsFound e) {
            return OptionalInt.empty();
        }
    }

    /**
     * Whether every statement reads or changes rows.
     *
     * @throws ProblemsFound if they cannot run
     */
    public boolean onlyRows() {
        return content.get().onlyRows();
    }

    /**
     * Whether a statement sets or reads what only its session knows.
     *
     * @throws ProblemsFound if they cannot run
     */
    public boolean sessionBound() {
        return content.get().sessionBound();
    }

    /**
     * Whether every statement leaves role, path and session alone for sure.
     *
     * @throws ProblemsFound if they cannot run
     */
    public boolean isPlain() {
        return content.get().plain();
    }

    /**
     * The first table that it makes for sure, in the schema where it runs; empty unless it is plain.
     *
     * @throws ProblemsFound if it cannot run
     */
    public Optional<String> table() {
        return content.get().table();
    }

    /**
     * What it says of transactions.
     *
     * @throws ProblemsFound if it cannot run
     */
    public Transaction transaction() {
        return content.get().transaction();
    }

    @Override
    public int compareTo(Script other) {
        return id.compareTo(other.id);
    }
}
