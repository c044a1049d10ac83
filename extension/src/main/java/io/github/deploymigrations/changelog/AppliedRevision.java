package io.github.deploymigrations.changelog;

import io.github.deploymigrations.RevisionId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * A row of the changelog.
 *
 * @param id of the revision
 * @param appliedAt the text that MyBatis wrote, a local time without a zone
 * @param description of the revision
 */
public record AppliedRevision(RevisionId id, String appliedAt, String description) {
    /** Made when a row is met whose time nobody else knows. */
    private static final class Format {
        /** The pattern of {@code DatabaseOperation.generateAppliedTimeStampAsString} of MyBatis Migrations 3.5.0. */
        static final DateTimeFormatter APPLIED_AT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    }

    /** The time in this machine's zone, which is the best guess of the writer's; empty if the text is no time. */
    public Optional<Instant> appliedInstant() {
        try {
            String seconds = appliedAt.length() > 19 ? appliedAt.substring(0, 19) : appliedAt;
            return Optional.of(LocalDateTime.parse(seconds, Format.APPLIED_AT)
                    .atZone(ZoneId.systemDefault())
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
