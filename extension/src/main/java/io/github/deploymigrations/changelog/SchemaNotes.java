package io.github.deploymigrations.changelog;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.settings.TableName;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The rows of the history about the schema. Never commits. */
public final class SchemaNotes {
    private final TableName changelog;
    private final TableName history;
    private final HistoryTable.Origin origin;

    public SchemaNotes(TableName changelog, HistoryTable.Origin origin) {
        this.changelog = changelog;
        this.history = changelog.withSuffix("_HISTORY");
        this.origin = origin;
    }

    /** Adds a row. */
    public void add(Connection connection, long number, SchemaNote note) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into " + history
                + " (ATTEMPT, REVISION, KIND, OUTCOME, CHECKSUM, STARTED_AT, ENDED_AT, CHANGELOG_AT, NODE, DEPLOYMENT, ACTOR,"
                + " SCHEMA_TEXT) values (?,?,?,?,?,?,?,?,?,?,?,?)")) {
            String now = Instant.now().toString();
            insert.setLong(1, number);
            insert.setBigDecimal(2, new BigDecimal(note.revision().value()));
            insert.setString(3, note.kind().name());
            insert.setString(4, Attempt.Outcome.DONE.name());
            insert.setString(5, note.mark().orElse(null));
            insert.setString(6, now);
            insert.setString(7, now);
            insert.setString(8, note.changelogAt().orElse(null));
            insert.setString(9, HistoryTable.cut(origin.node()));
            insert.setString(10, HistoryTable.cut(origin.deployment()));
            insert.setString(11, HistoryTable.cut(origin.actor(connection)));
            insert.setString(12, note.text());
            insert.executeUpdate();
        }
    }

    /** The text of a row; empty if there is none. */
    public Optional<String> text(Connection connection, long number) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select SCHEMA_TEXT from " + history + " where ATTEMPT=?")) {
            query.setLong(1, number);
            return text(query);
        }
    }

    /** What the script of a revision that is applied changed; empty if nobody recorded it. */
    public Optional<String> changes(Connection connection, RevisionId revision) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select SCHEMA_TEXT from " + history
                + " where KIND='CHANGES' and REVISION=? and CHANGELOG_AT in (select APPLIED_AT from " + changelog
                + " where ID=?) order by ATTEMPT desc")) {
            query.setBigDecimal(1, new BigDecimal(revision.value()));
            query.setBigDecimal(2, new BigDecimal(revision.value()));
            return text(query);
        }
    }

    private static Optional<String> text(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        }
    }
}
