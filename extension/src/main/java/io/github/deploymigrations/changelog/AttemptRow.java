package io.github.deploymigrations.changelog;

import io.github.deploymigrations.RevisionId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** How an attempt is read from a row of the history. */
final class AttemptRow {
    /** What has to be selected, in this order. */
    static final String COLUMNS = "ATTEMPT, REVISION, KIND, OUTCOME, DESCRIPTION, SCRIPT, CHECKSUM, STATEMENTS, DONE,"
            + " DONE_CHECKSUM, DOUBT, STARTED_AT, ENDED_AT, CHANGELOG_AT, NODE, DEPLOYMENT, ACTOR";

    static final Doubt NO_DOUBT = new Doubt.None();

    private AttemptRow() {}

    /**
     * The attempt that the row is, read from where it stands.
     *
     * @throws IllegalArgumentException or {@link java.time.DateTimeException} if no release of ours wrote it
     */
    static Attempt of(ResultSet row) throws SQLException {
        Attempt.Outcome outcome = Attempt.Outcome.valueOf(row.getString(4));
        String ended = row.getString(13);
        return new Attempt(
                row.getLong(1),
                revision(row.getBigDecimal(2)),
                Attempt.Kind.valueOf(row.getString(3)),
                outcome,
                text(row, 5),
                text(row, 6),
                some(row, 7),
                row.getInt(8),
                row.getInt(9),
                text(row, 10),
                // what was in doubt before its last definition is not any more
                outcome == Attempt.Outcome.DONE ? NO_DOUBT : Doubt.parse(row.getString(11)),
                Instants.parse(row.getString(12)),
                ended == null ? Optional.empty() : Optional.of(Instants.parse(ended)),
                // earlier releases kept the blanks with which a changelog's column of CHAR fills it
                some(row, 14).map(String::stripTrailing),
                text(row, 15),
                text(row, 16),
                text(row, 17));
    }

    private static RevisionId revision(BigDecimal number) {
        Optional<RevisionId> id = RevisionId.of(number);
        if (id.isEmpty()) {
            throw new IllegalArgumentException("revision");
        }
        return id.get();
    }

    private static Optional<String> some(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    /** Empty for nothing. */
    static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }
}
