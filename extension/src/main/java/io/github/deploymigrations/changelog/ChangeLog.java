package io.github.deploymigrations.changelog;

import io.github.deploymigrations.DatabaseError;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.messages.Explanation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** MyBatis' changelog as it was found. That it is absent and that it cannot be read are two different things. */
public sealed interface ChangeLog {

    /** A changelog that tells which revisions are applied. */
    sealed interface Known extends ChangeLog {
        /** The applied revisions, ascending by id. */
        SortedMap<RevisionId, AppliedRevision> applied();

        /** The same as long as nobody applies or undoes anything. */
        default String checksum() {
            StringBuilder rows = new StringBuilder();
            applied()
                    .values()
                    .forEach(row -> rows.append(row.id())
                            .append('\t')
                            .append(row.appliedAt())
                            .append('\n'));
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256")
                        .digest(rows.toString().getBytes(StandardCharsets.UTF_8));
                return "sha256:" + HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** There is no such table: nothing was ever applied. */
    record Absent() implements Known {
        @Override
        public SortedMap<RevisionId, AppliedRevision> applied() {
            return Collections.emptySortedMap();
        }
    }

    /** The table is there. */
    record Present(SortedMap<RevisionId, AppliedRevision> applied) implements Known {
        public Present {
            applied = Collections.unmodifiableSortedMap(new TreeMap<>(applied));
        }
    }

    /** Nobody can tell what is applied. */
    record Unreadable(Explanation explanation, Optional<DatabaseError> database) implements ChangeLog {}
}
