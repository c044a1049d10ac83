package io.github.deploymigrations.changelog;

import io.github.deploymigrations.DatabaseError;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.messages.Explanation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Our record of every attempt, beside MyBatis' changelog. */
public sealed interface History {

    /** A history that was read. */
    sealed interface Known extends History {
        /** All attempts, the oldest first. */
        List<Attempt> attempts();

        /** The number of the next row. */
        long next();

        /** When the schema was recorded last, if it ever was. */
        Optional<SchemaMark> schema();

        /** The last attempt at each revision. */
        default Map<RevisionId, Attempt> latest() {
            Map<RevisionId, Attempt> latest = new HashMap<>();
            for (Attempt attempt : attempts()) {
                latest.put(attempt.revision(), attempt);
            }
            return latest;
        }

        /** The attempt that wrote a row of the changelog, for each row that we wrote. */
        default Map<RevisionId, Attempt> appliedBy(ChangeLog.Known changelog) {
            Map<RevisionId, Attempt> attempts = new HashMap<>();
            for (Attempt attempt : attempts()) {
                boolean applied = attempt.kind() == Attempt.Kind.APPLY && attempt.outcome() == Attempt.Outcome.DONE;
                if (applied && attempt.belongsTo(changelog.applied().get(attempt.revision()))) {
                    attempts.put(attempt.revision(), attempt);
                }
            }
            return attempts;
        }

        /** The last attempt at each applied revision whose undo was begun and did not end well. */
        default Map<RevisionId, Attempt> openUndoes(ChangeLog.Known changelog) {
            Map<RevisionId, Attempt> open = new HashMap<>();
            for (Attempt attempt : attempts()) {
                boolean begun = attempt.kind() == Attempt.Kind.UNDO && attempt.outcome() != Attempt.Outcome.DONE;
                if (begun && attempt.belongsTo(changelog.applied().get(attempt.revision()))) {
                    open.put(attempt.revision(), attempt);
                } else if (!open.isEmpty()) {
                    open.remove(attempt.revision());
                }
            }
            return open;
        }

        /** The revisions whose rows of the changelog stand for a baseline. */
        default Set<RevisionId> baselined(ChangeLog.Known changelog) {
            Set<RevisionId> baselined = new HashSet<>();
            for (Attempt attempt : attempts()) {
                boolean begins = attempt.kind() == Attempt.Kind.BASELINE;
                boolean ends = attempt.kind() == Attempt.Kind.APPLY && !baselined.isEmpty();
                if ((begins || ends) && attempt.belongsTo(changelog.applied().get(attempt.revision()))) {
                    if (begins) {
                        baselined.add(attempt.revision());
                    } else {
                        baselined.remove(attempt.revision());
                    }
                }
            }
            return baselined;
        }

        /**
         * The applied revisions of which a person said that their scripts are gone on purpose, and of which no text was
         * taken for the applied one since then.
         */
        default Set<RevisionId> retired(ChangeLog.Known changelog) {
            Set<RevisionId> retired = new HashSet<>();
            for (Attempt attempt : attempts()) {
                boolean tells = attempt.outcome() == Attempt.Outcome.DONE
                        && attempt.belongsTo(changelog.applied().get(attempt.revision()));
                if (tells && attempt.checksum().isPresent()) {
                    retired.remove(attempt.revision());
                } else if (tells && attempt.kind() == Attempt.Kind.ACCEPT) {
                    retired.add(attempt.revision());
                }
            }
            return retired;
        }

        /**
         * The last attempt that tells what text is applied, for each revision of which it is known. What somebody else
         * applied anew since then, with another time in its changelog row, is not known.
         */
        default Map<RevisionId, Attempt> recorded(ChangeLog.Known changelog) {
            Map<RevisionId, Attempt> recorded = new HashMap<>();
            for (Attempt attempt : attempts()) {
                boolean tells = attempt.outcome() == Attempt.Outcome.DONE
                        && attempt.checksum().isPresent();
                if (tells && attempt.belongsTo(changelog.applied().get(attempt.revision()))) {
                    recorded.put(attempt.revision(), attempt);
                }
            }
            return recorded;
        }
    }

    /** There is no such table. */
    record Absent() implements Known {
        @Override
        public List<Attempt> attempts() {
            return List.of();
        }

        @Override
        public long next() {
            return 1;
        }

        @Override
        public Optional<SchemaMark> schema() {
            return Optional.empty();
        }
    }

    /**
     * The table is there.
     *
     * @param attempts the oldest first
     * @param next number of a row
     * @param schema when it was recorded last, if it ever was
     */
    record Present(List<Attempt> attempts, long next, Optional<SchemaMark> schema) implements Known {
        public Present {
            attempts = List.copyOf(attempts);
        }

        /** A history that knows nothing of the schema. */
        public Present(List<Attempt> attempts) {
            this(attempts, attempts.stream().mapToLong(Attempt::number).max().orElse(0) + 1, Optional.empty());
        }
    }

    /** Nobody can tell what was tried. */
    record Unreadable(Explanation explanation, Optional<DatabaseError> database) implements History {}
}
