package io.github.deploymigrations.lock;

import io.github.deploymigrations.DatabaseError;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.database.Obstacle;
import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.database.QueryLimit;
import io.github.deploymigrations.database.RepeatedStatements;
import io.github.deploymigrations.database.RowLocking;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The table {@code <changelog>_LOCK}. It is never cleaned up: its rows mean nothing but who holds the lock while a
 * transaction or a session does.
 */
final class LockTable {
    /** The row that is locked. */
    static final int LOCK = 1;
    /** The row that tells who locked the other, where a locked row cannot be read. */
    static final int NOTE = 2;
    /** The row of a session alone, never committed, where the locked one does not suffice (H2). */
    private static final String OWN = "-session_id()";

    private static final int ATTEMPTS = 10;
    private static final long PAUSE_MILLIS = 50;

    private final TableName name;
    private final Product product;
    private boolean ensured;

    LockTable(TableName name, Product product) {
        this.name = name;
        this.product = product;
    }

    String sql() {
        return name.sql();
    }

    Product product() {
        return product;
    }

    /**
     * Makes what is missing. Any error may mean that another run did so at the same moment, and each product says that
     * in its own way: only what stays missing counts.
     */
    void ensure(Connection connection) throws LockFailed, SQLException {
        Optional<SQLException> last = Optional.empty();
        for (int attempt = 0; attempt < ATTEMPTS && !ensured; attempt++) {
            try {
                ensured = isComplete(connection);
            } catch (SQLException e) {
                if (Errors.isConnectionLost(e)) {
                    throw e;
                }
                last = Optional.of(e);
                pause();
            }
        }
        if (!ensured) {
            Optional<DatabaseError> error = last.flatMap(Errors::of);
            throw new LockFailed(error.flatMap(this::refusal).orElseGet(() -> unusable(error)), error);
        }
    }

    /** What no right would help against. */
    private Optional<Explanation> refusal(DatabaseError error) {
        return Obstacle.of(error)
                .filter(obstacle -> obstacle != Obstacle.NO_RIGHT)
                .map(obstacle -> obstacle.explain(error));
    }

    private Explanation unusable(Optional<DatabaseError> error) {
        return Message.LOCK_TABLE_UNUSABLE.with(
                name, error.map(DatabaseError::message).orElse(""), definition());
    }

    /** One step towards a table with its two rows; whether it was not needed. */
    private boolean isComplete(Connection connection) throws SQLException {
        for (int row : new int[] {LOCK, NOTE}) {
            if (read(connection, "select ID from " + sql() + " where ID = " + row)
                    .isEmpty()) {
                define(connection);
                Query.update(connection, "insert into " + sql() + " (ID) values (" + row + ")");
            }
        }
        return true;
    }

    /**
     * Makes the table unless it is there. H2's may be there half: it is asked for in any case, and H2's answer, which
     * waits until whoever is at the definition of a table has ended, says that this one is whole.
     */
    private void define(Connection connection) throws SQLException {
        if (!product.showsTablesHalfMade()) {
            if (!isThere(connection)) {
                Query.update(connection, definition());
            }
            return;
        }
        try {
            Query.update(connection, definition());
        } catch (SQLException e) {
            if (product.isLocked(e) || !isThere(connection)) {
                throw e;
            }
            Log.trace(Message.LOCK_WAITING, e);
        }
    }

    private boolean isThere(Connection connection) throws SQLException {
        return read(connection, "select count(*) from " + sql()).isPresent();
    }

    private String definition() {
        return "create table " + sql() + " (ID integer not null primary key, HOLDER_TOKEN varchar(40),"
                + " HOLDER_NODE varchar(255), HOLDER_DEPLOYMENT varchar(255), HOLDER_SINCE varchar(40),"
                + " HOLDER_SESSION varchar(255))" + product.tableOptions();
    }

    /** Who is written in a row; empty if nobody, or there is no table, or the user may not read it. */
    Optional<LockHolder> holder(Connection connection, String where) throws SQLException {
        try {
            return read(
                            connection,
                            "select HOLDER_NODE, HOLDER_DEPLOYMENT, HOLDER_SINCE, HOLDER_SESSION from " + sql() + where)
                    .filter(row -> row.get(0) != null)
                    .map(LockTable::holder);
        } catch (SQLException e) {
            hidden(e);
            return Optional.empty();
        }
    }

    /** Not to see the holder is no reason to fail: who wants the lock will be told, and others only look. */
    static void hidden(SQLException error) throws SQLException {
        if (Errors.isConnectionLost(error)) {
            throw error;
        }
        Log.trace(Message.LOCK_WAITING, error);
    }

    private static LockHolder holder(List<String> row) {
        return new LockHolder(
                Optional.of(row.get(0)),
                Optional.ofNullable(row.get(1)),
                Optional.ofNullable(row.get(2)).map(Instant::parse),
                Optional.ofNullable(row.get(3)));
    }

    /** Writes who holds the lock; how many rows there were to write. */
    int write(Connection connection, int row, String token, LockHolder holder) throws SQLException {
        return change(
                connection,
                "update " + sql() + " set HOLDER_TOKEN = ?, HOLDER_NODE = ?, HOLDER_DEPLOYMENT = ?, HOLDER_SINCE = ?,"
                        + " HOLDER_SESSION = ? where ID = " + row,
                token,
                holder);
    }

    /** Adds the row of this session alone, which no other's rollback can reach. */
    void add(Connection connection, String token, LockHolder holder) throws SQLException {
        change(
                connection,
                "insert into " + sql() + " (HOLDER_TOKEN, HOLDER_NODE, HOLDER_DEPLOYMENT, HOLDER_SINCE,"
                        + " HOLDER_SESSION, ID) values (?, ?, ?, ?, ?, " + OWN + ")",
                token,
                holder);
    }

    private static int change(Connection connection, String sql, String token, LockHolder holder) throws SQLException {
        try (var statement = Query.prepared(
                        connection,
                        sql,
                        token,
                        shortened(holder.node()),
                        shortened(holder.deployment()),
                        shortened(holder.since().map(Instant::toString)),
                        shortened(holder.session()));
                QueryLimit most = new QueryLimit(statement)) {
            most.begin(1);
            return statement.executeUpdate();
        }
    }

    /** Whether another session has a row of its own. As no token comes twice, H2 has no earlier answer to give again. */
    boolean hasOthers(Connection connection, String token) throws SQLException {
        return read(connection, "select ID from " + sql() + " where ID < 0 and HOLDER_TOKEN <> '" + token + "'")
                .isPresent();
    }

    /** Whether the transaction that wrote the token is still open on this connection. */
    boolean hasToken(RepeatedStatements statements, String token) throws SQLException {
        String row = product.rollsBackOverOthers() ? OWN : String.valueOf(LOCK);
        boolean found = statements.with("select HOLDER_TOKEN from " + sql() + " where ID = " + row, query -> {
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() && token.equals(rows.getString(1));
            }
        });
        if (product.rowLocking() == RowLocking.NOWAIT) {
            // a query keeps its snapshot until the next statement, although the transaction is idle, and CREATE INDEX
            // CONCURRENTLY of the work waits for it for ever (PostgreSQL 14 with pgjdbc 42.7.8); a change keeps none
            Query.update(statements.connection(), "update " + sql() + " set HOLDER_TOKEN = null where ID = 0");
        }
        return found;
    }

    private static String shortened(Optional<String> text) {
        String whole = text.orElse("");
        return whole.substring(0, Math.min(255, whole.length()));
    }

    /** Reads without waiting for anybody's transaction; empty if there is no table. */
    private Optional<List<String>> read(Connection connection, String sql) throws SQLException {
        try {
            return product.readUncommitted(connection, () -> Query.row(connection, sql));
        } catch (SQLException e) {
            if (product.isTableMissing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void pause() throws LockFailed {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockFailed(Message.INTERRUPTED.with());
        }
    }
}
