package io.github.deploymigrations.changelog;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.TableName;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.operations.ChangelogOperation;
import org.apache.ibatis.migration.operations.DatabaseOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;

/** The table that MyBatis Migrations keeps its changelog in. */
public final class ChangeLogTable {
    private static final int LONGEST_DESCRIPTION = 255;

    private final TableName name;
    private final Product product;

    public ChangeLogTable(TableName name, Product product) {
        this.name = name;
        this.product = product;
    }

    /**
     * Reads the changelog by MyBatis' own query. An error counts as "no changelog" only where it says so; MyBatis takes
     * any error for that, and would start with the first script.
     *
     * @param connection in auto-commit, so that the failing query leaves no broken transaction (PostgreSQL 14)
     * @throws SQLException if the session is gone, which says nothing of the changelog
     */
    public ChangeLog read(Connection connection) throws SQLException {
        DatabaseOperationOption option = new DatabaseOperationOption();
        option.setChangelogTable(name.sql());
        try {
            return of(new ChangelogOperation(connection, option).selectAll());
        } catch (SQLException e) {
            if (product.isTableMissing(e)) {
                return new ChangeLog.Absent();
            }
            if (Errors.isConnectionLost(e)) {
                throw e;
            }
            Log.trace(Message.CHANGELOG_UNREADABLE, e);
            return new ChangeLog.Unreadable(Message.CHANGELOG_UNREADABLE.with(name), Errors.of(e));
        }
    }

    private ChangeLog of(Iterable<Change> rows) {
        SortedMap<RevisionId, AppliedRevision> applied = new TreeMap<>();
        for (Change row : rows) {
            Optional<RevisionId> id = row.getId() == null ? Optional.empty() : RevisionId.of(row.getId());
            if (id.isEmpty()) {
                return new ChangeLog.Unreadable(Message.CHANGELOG_ID_INVALID.with(name, row.getId()), Optional.empty());
            }
            AppliedRevision revision = new AppliedRevision(
                    id.get(),
                    // a column of CHAR fills it with blanks, and it would not be the text that was written
                    String.valueOf(row.getAppliedTimestamp()).stripTrailing(),
                    String.valueOf(row.getDescription()));
            if (applied.put(id.get(), revision) != null) {
                return new ChangeLog.Unreadable(Message.CHANGELOG_ID_TWICE.with(name, id.get()), Optional.empty());
            }
        }
        return new ChangeLog.Present(applied);
    }

    /** Whether so many revisions are applied. Not if that cannot be told now: a script may be at work on the table. */
    public boolean hasRows(Connection connection, long count) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(1) from " + name.sql())) {
            return row.next() && row.getLong(1) >= count;
        } catch (SQLException e) {
            if (Errors.isConnectionLost(e)) {
                throw e;
            }
            return false;
        }
    }

    /** What makes a transaction usable again after the query that finds no table. */
    @FunctionalInterface
    public interface Recovery {
        void run() throws SQLException;
    }

    /** Creates the table with MyBatis' columns if it is not there. */
    public void createIfAbsent(Connection connection, Recovery afterFailedQuery) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("select count(1) from " + name.sql()).close();
        } catch (SQLException e) {
            if (!product.isTableMissing(e)) {
                throw e;
            }
            afterFailedQuery.run();
            create(connection);
        }
    }

    /** The description as the column holds it: 255 characters, of which H2 counts two for a letter outside of the BMP. */
    public static String fitting(String description) {
        if (description.length() <= LONGEST_DESCRIPTION) {
            return description;
        }
        boolean inPair = Character.isLowSurrogate(description.charAt(LONGEST_DESCRIPTION));
        return description.substring(0, LONGEST_DESCRIPTION - (inPair ? 1 : 0));
    }

    /** Adds a row, as MyBatis does; does not commit. */
    public Change insert(Connection connection, RevisionId id, String description) throws SQLException {
        Change change = new Change(
                new BigDecimal(id.value()), DatabaseOperation.generateAppliedTimeStampAsString(), fitting(description));
        try (PreparedStatement insert = connection.prepareStatement(insertion(name.sql()))) {
            fill(insert, 0, change);
            insert.executeUpdate();
        }
        return change;
    }

    static String insertion(String changelog) {
        return insertionBegin(changelog) + " values (?,?,?)";
    }

    /** How MyBatis begins to add a row. */
    public static String insertionBegin(String changelog) {
        return "insert into " + changelog + " (ID, APPLIED_AT, DESCRIPTION)";
    }

    /** @param before so many values of the statement */
    static void fill(PreparedStatement insert, int before, Change row) throws SQLException {
        insert.setBigDecimal(before + 1, row.getId());
        insert.setString(before + 2, row.getAppliedTimestamp());
        insert.setString(before + 3, row.getDescription());
    }

    /** Deletes a row; does not commit. */
    public void delete(Connection connection, RevisionId id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from " + name.sql() + " where ID = ?")) {
            delete.setBigDecimal(1, new BigDecimal(id.value()));
            delete.executeUpdate();
        }
    }

    private void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(definition("create table "));
        }
    }

    /** The statement that creates the table, with these words in front of its name. */
    public String definition(String words) {
        return words + name.sql() + " (ID numeric(20,0) not null,"
                + " APPLIED_AT varchar(25) not null, DESCRIPTION varchar(255) not null, primary key (ID))"
                + product.tableOptions();
    }
}
