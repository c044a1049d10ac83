package io.github.deploymigrations.changelog;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.database.RepeatedStatements;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.TableName;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.ibatis.migration.Change;

/** The table {@code <changelog>_HISTORY}. Writes nothing by itself but what it is told, and never commits. */
public final class HistoryTable {
    private static final int LONGEST_TEXT = 255;
    private static final int LONGEST_ERROR = 4000;

    /** Of the changelog's row, and of the history's. */
    private static final int CHANGE_VALUES = 3;

    private static final int VALUES = 19;
    private static final String VALUE_COLUMNS =
            " (ATTEMPT, REVISION, KIND, OUTCOME, DESCRIPTION, SCRIPT, CHECKSUM, STATEMENTS, DONE, STARTED_AT, ENDED_AT,"
                    + " CHANGELOG_AT, NODE, DEPLOYMENT, ACTOR, ERROR_TEXT, UNDO_TEXT, BACKUP_FILE, DOUBT)";

    private final TableName changelog;
    private final TableName name;
    private final String insertion;
    private final String progression;
    private final String ending;
    private final String done;
    private final Product product;
    private final Origin origin;
    private final Optional<String> backup;

    /**
     * Who writes.
     *
     * @param node where this runs
     * @param deployment that this is
     * @param actor who wants it: a person with his address; empty for a deployment, which is the database's user
     */
    public record Origin(String node, String deployment, Optional<String> actor) {
        String actor(Connection connection) throws SQLException {
            return actor.isPresent()
                    ? actor.get()
                    : String.valueOf(connection.getMetaData().getUserName());
        }
    }

    public HistoryTable(TableName changelog, Product product, Origin origin) {
        this(changelog, product, origin, Optional.empty());
    }

    /** @param backup that was made before what is written of here, if one was */
    public HistoryTable(TableName changelog, Product product, Origin origin, Optional<String> backup) {
        this.backup = backup;
        this.changelog = changelog;
        this.name = changelog.withSuffix("_HISTORY");
        this.insertion = "insert into " + name + VALUE_COLUMNS + " values (?" + ",?".repeat(VALUES - 1) + ")";
        this.progression = "update " + name + " set DONE=?, DONE_CHECKSUM=?, DOUBT=? where ATTEMPT=?";
        String end = "update " + name + " set OUTCOME=?, ENDED_AT=?, CHANGELOG_AT=?, ERROR_TEXT=?";
        this.ending = end + " where ATTEMPT=?";
        this.done = end + ", DONE=STATEMENTS where ATTEMPT=?";
        this.product = product;
        this.origin = origin;
    }

    /**
     * Reads all attempts.
     *
     * @param connection in auto-commit, so that the failing query leaves no broken transaction
     * @throws SQLException if the session is gone, which says nothing of the history
     */
    public History read(Connection connection) throws SQLException {
        try {
            Optional<Explanation> tooLong = NameLength.problem(name, product, connection);
            if (tooLong.isPresent()) {
                return new History.Unreadable(tooLong.get(), Optional.empty());
            }
            return rows(connection);
        } catch (SQLException e) {
            if (product.isTableMissing(e)) {
                return new History.Absent();
            }
            if (Errors.isConnectionLost(e)) {
                throw e;
            }
            Log.trace(Message.HISTORY_UNREADABLE, e);
            return new History.Unreadable(Message.HISTORY_UNREADABLE.with(name), Errors.of(e));
        } catch (IllegalArgumentException | DateTimeException e) {
            Log.trace(Message.HISTORY_UNREADABLE, e);
            return new History.Unreadable(Message.HISTORY_UNREADABLE.with(name), Optional.empty());
        }
    }

    private History rows(Connection connection) throws SQLException {
        List<Attempt> attempts = new ArrayList<>();
        long last = 0;
        Optional<SchemaMark> schema = Optional.empty();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select " + AttemptRow.COLUMNS + " from " + name + " order by ATTEMPT")) {
            while (rows.next()) {
                last = rows.getLong(1);
                String kind = rows.getString(3);
                if (!SchemaNote.Kind.has(kind)) {
                    attempts.add(AttemptRow.of(rows));
                } else if (kind.equals(SchemaNote.Kind.SCHEMA.name())) {
                    schema = Optional.of(
                            new SchemaMark(last, Instant.parse(rows.getString(12)), AttemptRow.text(rows, 7)));
                }
            }
        }
        return new History.Present(attempts, last + 1, schema);
    }

    /**
     * An attempt with what only a person reads.
     *
     * @param error what the database said where it failed
     * @param backup that was made before the run that it belongs to
     */
    public record Entry(Attempt attempt, Optional<String> error, Optional<String> backup) {}

    /**
     * Reads the newest attempts, the newest first; none where there is no history.
     *
     * @param connection in auto-commit, so that the failing query leaves no broken transaction
     * @param most of them
     */
    public List<Entry> newest(Connection connection, int most) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(most);
            try (ResultSet rows =
                    statement.executeQuery("select " + AttemptRow.COLUMNS + ", ERROR_TEXT, BACKUP_FILE from " + name
                            + " where KIND not in " + SchemaNote.Kind.LIST + " order by ATTEMPT desc")) {
                while (rows.next()) {
                    entries.add(new Entry(
                            AttemptRow.of(rows),
                            Optional.ofNullable(rows.getString("ERROR_TEXT")),
                            Optional.ofNullable(rows.getString("BACKUP_FILE"))));
                }
            }
        } catch (SQLException e) {
            if (!product.isTableMissing(e)) {
                throw e;
            }
        }
        return entries;
    }

    /** The undo part of the script as it was when the attempt was made; empty if it had none. */
    public Optional<String> undoText(Connection connection, long attempt) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select UNDO_TEXT from " + name + " where ATTEMPT=?")) {
            query.setLong(1, attempt);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
            }
        }
    }

    /** Creates the table; call it only where it is absent. */
    public void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table " + name
                    + " (ATTEMPT numeric(19,0) not null, REVISION numeric(20,0) not null,"
                    + " KIND varchar(10) not null, OUTCOME varchar(10) not null, DESCRIPTION varchar(255),"
                    + " SCRIPT varchar(255), CHECKSUM varchar(80), STATEMENTS integer, DONE integer,"
                    + " DONE_CHECKSUM varchar(80), DOUBT varchar(500), STARTED_AT varchar(30) not null,"
                    + " ENDED_AT varchar(30), CHANGELOG_AT varchar(255), NODE varchar(255), DEPLOYMENT varchar(255),"
                    + " ACTOR varchar(255), BACKUP_FILE varchar(255), ERROR_TEXT " + product.textType() + ", UNDO_TEXT "
                    + product.textType() + ", SCHEMA_TEXT " + product.textType()
                    + ", primary key (ATTEMPT))" + product.tableOptions());
        }
    }

    /** What an attempt is about. */
    public record Subject(
            RevisionId revision,
            String description,
            String script,
            Optional<String> checksum,
            int statements,
            Optional<String> undo) {}

    /**
     * A row to be added.
     *
     * @param changelogAt of the changelog's row that the attempt wrote, or is to delete
     * @param error what the database said where it failed
     * @param doubt about its first statement, if it has begun
     */
    public record Row(
            long number,
            Attempt.Kind kind,
            Attempt.Outcome outcome,
            Subject subject,
            Instant startedAt,
            Optional<String> changelogAt,
            Optional<String> error,
            Doubt doubt) {}

    /** Adds an attempt. */
    public void add(RepeatedStatements statements, Row row) throws SQLException {
        Connection connection = statements.connection();
        statements.with(insertion, insert -> {
            fill(insert, 0, connection, row);
            return insert.executeUpdate();
        });
    }

    /**
     * Adds an attempt that has applied a script, and the changelog's row of it, in one statement: for PostgreSQL.
     *
     * @param condition an expression with arguments, asked along
     * @return whether it is true
     */
    public boolean addApplied(Connection connection, Change change, Row row, String condition, List<Object> arguments)
            throws SQLException {
        String sql = "with recorded as (" + ChangeLogTable.insertion(changelog.sql()) + ") " + insertion + " returning "
                + condition;
        return addApplied(connection, sql, List.of(), change, row, arguments).orElse(false);
    }

    /**
     * The same from wherever the session is, if it is where the tables were found and they are what their names mean there.
     *
     * @return empty if not; then nothing was written
     */
    public Optional<Boolean> addApplied(
            Connection connection, TablesFound tables, Change change, Row row, String condition, List<Object> arguments)
            throws SQLException {
        String sql = "with here as (select 1 where " + tables.unchanged() + "), recorded as ("
                + ChangeLogTable.insertionBegin(tables.changelog()) + " select ?,?,? from here) insert into "
                + tables.history() + VALUE_COLUMNS + " select ?" + ",?".repeat(VALUES - 1) + " from here returning "
                + condition;
        return addApplied(connection, sql, List.of(tables.path()), change, row, arguments);
    }

    /** Which tables are meant by the names, on this path; empty where they cannot be told by more than their names. */
    public Optional<TablesFound> find(Connection connection, String path) throws SQLException {
        return TablesFound.on(connection, path, changelog, name);
    }

    private Optional<Boolean> addApplied(
            Connection connection, String sql, List<String> before, Change change, Row row, List<Object> arguments)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            int values = 0;
            for (String argument : before) {
                insert.setString(++values, argument);
            }
            ChangeLogTable.fill(insert, values, change);
            values += CHANGE_VALUES;
            fill(insert, values, connection, row);
            values += VALUES;
            for (Object argument : arguments) {
                insert.setObject(++values, argument);
            }
            try (ResultSet answer = insert.executeQuery()) {
                return answer.next() ? Optional.of(answer.getBoolean(1)) : Optional.empty();
            }
        }
    }

    /** @param before so many values of the statement */
    private void fill(PreparedStatement insert, int before, Connection connection, Row row) throws SQLException {
        Subject subject = row.subject();
        boolean done = row.outcome() == Attempt.Outcome.DONE;
        boolean begun = row.outcome() == Attempt.Outcome.STARTED;
        insert.setLong(before + 1, row.number());
        insert.setBigDecimal(before + 2, new BigDecimal(subject.revision().value()));
        insert.setString(before + 3, row.kind().name());
        insert.setString(before + 4, row.outcome().name());
        insert.setString(before + 5, cut(subject.description()));
        insert.setString(before + 6, cut(subject.script()));
        insert.setString(before + 7, subject.checksum().orElse(null));
        insert.setInt(before + 8, subject.statements());
        insert.setInt(before + 9, done ? subject.statements() : 0);
        insert.setString(before + 10, row.startedAt().toString());
        insert.setString(before + 11, begun ? null : Instant.now().toString());
        insert.setString(before + 12, row.changelogAt().orElse(null));
        insert.setString(before + 13, cut(origin.node()));
        insert.setString(before + 14, cut(origin.deployment()));
        insert.setString(before + 15, cut(origin.actor(connection)));
        insert.setString(before + 16, cut(row.error(), LONGEST_ERROR));
        insert.setString(before + 17, subject.undo().orElse(null));
        insert.setString(before + 18, cut(backup, LONGEST_TEXT));
        insert.setString(before + 19, row.doubt().text().orElse(null));
    }

    /** Says how far an attempt got: so many statements are committed when this is. */
    public void progress(RepeatedStatements statements, long number, int done, String doneChecksum, Doubt doubt)
            throws SQLException {
        statements.with(progression, update -> {
            update.setInt(1, done);
            update.setString(2, doneChecksum);
            update.setString(3, doubt.text().orElse(null));
            update.setLong(4, number);
            return update.executeUpdate();
        });
    }

    /** How many statements of an attempt are committed; empty if not even the attempt is. */
    public OptionalInt done(Connection connection, long number) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select DONE from " + name + " where ATTEMPT=?")) {
            query.setLong(1, number);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
            }
        }
    }

    /** Says how an attempt ended; one that is done has done all its statements. */
    public void end(
            RepeatedStatements statements,
            long number,
            Attempt.Outcome outcome,
            Optional<String> changelogAt,
            Optional<String> error)
            throws SQLException {
        statements.with(outcome == Attempt.Outcome.DONE ? done : ending, update -> {
            update.setString(1, outcome.name());
            update.setString(2, Instant.now().toString());
            update.setString(3, changelogAt.orElse(null));
            update.setString(4, cut(error, LONGEST_ERROR));
            update.setLong(5, number);
            return update.executeUpdate();
        });
    }

    /** As much of it as a column holds that is 255 letters wide. */
    static String cut(String text) {
        return cut(text, LONGEST_TEXT);
    }

    /** Null, JDBC's word for none, if there is none. */
    private static String cut(Optional<String> text, int length) {
        return text.isEmpty() ? null : cut(text.get(), length);
    }

    private static String cut(String text, int length) {
        return text.length() <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, length) - 1));
    }
}
