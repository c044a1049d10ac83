package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.database.Pooler;
import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.database.RepeatedStatements;
import io.github.deploymigrations.database.UnnamedStatements;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.SchemaName;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The connection that does the work: in auto-commit and in the schema of the settings, and given back as it came. Not
 * thread-safe.
 */
final class Session implements AutoCloseable {
    private final Connection connection;
    private final Product product;
    private final boolean autoCommit;
    private final OptionalInt patience;
    /** Asked for as soon as something may change it: who only looks has nothing to put back. */
    private Optional<Surroundings> home = Optional.empty();

    private Optional<String> workplace = Optional.empty();
    private boolean pooled;
    /** As far as is known: one may hide behind auto-commit. */
    private boolean inNoForeignTransaction;

    private Optional<UnnamedStatements> unnamed = Optional.empty();
    private Optional<RepeatedStatements> statements = Optional.empty();

    private Session(Connection connection) throws SQLException, RunStopped {
        this.connection = connection;
        this.product = Product.of(connection);
        this.autoCommit = connection.getAutoCommit();
        this.patience = patience(connection);
        if (!autoCommit) {
            ForeignTransaction.leave(connection, product);
        }
    }

    private void work(SchemaName schema, Connector connector) throws SQLException, RunStopped {
        remember();
        String existing = existing(schema);
        if (!pooled) {
            product.enter(connection, existing);
        } else if (!existing.equals(connection.getSchema())) {
            refuseChangingSessions(existing, connector);
            product.enter(connection, existing);
        }
        workplace = Optional.ofNullable(current());
    }

    /** Something is about to run that may leave the connection other than it came. */
    void remember() throws SQLException {
        if (home.isEmpty()) {
            pooled = Pooler.isBetween(connection, product);
            unnamed = pooled ? UnnamedStatements.on(connection) : Optional.empty();
            Surroundings now = Surroundings.of(connection, product);
            home = Optional.of(now);
            workplace = now.place();
        }
    }

    /** Something may be written: not in a transaction that somebody else began, which it would end. Asks once. */
    void requireNoForeignTransaction() throws RunStopped {
        if (autoCommit && !inNoForeignTransaction) {
            ForeignTransaction.refuse(connection, product);
            inNoForeignTransaction = true;
        }
    }

    /** What is set for a session would go with the transaction, and be found by others. */
    private void refuseChangingSessions(String schema, Connector connector) throws SQLException, RunStopped {
        Optional<String> why = Optional.empty();
        try (Connection other = connector.another()) {
            other.setAutoCommit(false);
            if (Pooler.changesSessions(connection, other)) {
                why = Optional.of("gives");
            }
            other.setAutoCommit(true);
        } catch (RunStopped e) {
            Log.trace(Message.SCHEMA_POOLED, e);
            why = Optional.of("may give (a second connection would tell, and there is none)");
        }
        if (why.isPresent()) {
            throw new RunStopped(new MigrationFailure.Unreachable(
                    Message.SCHEMA_POOLED.with(
                            schema, why.get(), connection.getMetaData().getUserName()),
                    Optional.empty()));
        }
    }

    /** @param limit that ends the connection if what is done on it takes too long, also what is done here */
    static Session open(Connector connector, Optional<SchemaName> schema, TimeLimit limit) throws RunStopped {
        Connection connection = connector.connect();
        limit.watch(connection, Product.OTHER);
        Runnable back = () -> close(connection);
        try {
            Session session = new Session(connection);
            back = session::close;
            limit.watch(connection, session.product());
            if (session.product().cancelsStatements()) {
                limit.bound(connection);
            }
            if (schema.isPresent()) {
                session.work(schema.get(), connector);
            }
            return session;
        } catch (SQLException | RuntimeException e) {
            back.run();
            Log.trace(Message.CONNECTION_FAILED, e);
            throw new RunStopped(new MigrationFailure.Unreachable(
                    Message.CONNECTION_FAILED.with(Errors.masked(String.valueOf(e.getMessage()))), Errors.of(e)));
        } catch (RunStopped e) {
            back.run();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** The same, for what is written for each script. */
    RepeatedStatements statements() {
        if (statements.isEmpty()) {
            statements = Optional.of(new RepeatedStatements(connection, product));
        }
        return statements.get();
    }

    Product product() {
        return product;
    }

    /** Whether a pooler is in between, which may give each transaction another session; known since {@link #remember()}. */
    boolean isPooled() {
        return pooled;
    }

    /**
     * Takes back what the transaction set for the session, before it is committed: behind a pooler it would stay for
     * whoever comes next.
     */
    void leaveNothingSet() throws SQLException {
        if (pooled && !connection.getAutoCommit()) {
            home.orElseThrow().restoreSettings(connection, product);
            goBack();
        }
    }

    /** Name and version of the database for people. */
    String productName() throws SQLException {
        return product.title(connection) + " " + connection.getMetaData().getDatabaseProductVersion();
    }

    /** Whether the database is gone when its process ends. */
    boolean isInMemory() throws SQLException {
        return product.isInMemory(String.valueOf(connection.getMetaData().getURL()));
    }

    /** Where it works: what a client has to go to, for the same statements to do the same. */
    Optional<String> workplace() throws SQLException {
        remember();
        return workplace;
    }

    /** The zone that the driver gave this session, where it gives one. */
    Optional<String> timeZone() throws SQLException {
        if (product.timeZoneQuery().isEmpty()) {
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(product.timeZoneQuery().get())) {
            row.next();
            return Optional.of(row.getString(1));
        }
    }

    private String current() throws SQLException {
        return product.place(connection);
    }

    /** Something that reads or writes the tables of MyBatis and ours. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    /** Back to the schema in which this session works: a script may have gone elsewhere, and leaves that behind. */
    void goBack() throws SQLException {
        enter(workplace());
    }

    /** Does the work in the session's own schema, and returns to where a script has gone meanwhile. */
    void atWorkplace(Work work) throws SQLException {
        Optional<String> elsewhere = Optional.ofNullable(current()).filter(now -> !workplace.equals(Optional.of(now)));
        goBack();
        work.run();
        enter(elsewhere);
    }

    private void enter(Optional<String> schema) throws SQLException {
        if (schema.isPresent() && !schema.equals(Optional.ofNullable(current()))) {
            product.goTo(connection, schema.get());
        }
    }

    /** Puts another connection where this one works; of this one nothing is asked, as a statement may run on it. */
    void enter(Connection other) throws SQLException {
        if (workplace.isPresent() && !workplace.get().equals(product.place(other))) {
            product.goTo(other, workplace.get());
        }
    }

    /** Commits, unless everything commits by itself. */
    void commit() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    /** Brings the connection to where a query leaves nothing behind: out of any transaction. */
    void settle() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** The schema as the database spells it: JDBC takes the text literally, whatever the case rules of SQL. */
    private String existing(SchemaName wanted) throws SQLException, RunStopped {
        List<String> schemas = new ArrayList<>();
        DatabaseMetaData metaData = connection.getMetaData();
        try (ResultSet rows = product.hasCatalogs() ? metaData.getCatalogs() : metaData.getSchemas()) {
            while (rows.next()) {
                schemas.add(rows.getString(1));
            }
        }
        Optional<String> exact = schemas.stream().filter(wanted.text()::equals).findFirst();
        Optional<String> found =
                exact.or(() -> schemas.stream().filter(wanted::matches).findFirst());
        if (found.isEmpty()) {
            throw new RunStopped(new MigrationFailure.Unreachable(
                    Message.SCHEMA_MISSING.with(wanted, String.join(", ", schemas)), Optional.empty()));
        }
        return found.get();
    }

    @Override
    public void close() {
        try {
            if (!connection.isClosed()) {
                if (statements.isPresent()) {
                    statements.get().close();
                }
                settle();
                if (home.isPresent()) {
                    home.get().restore(connection, product);
                }
                if (unnamed.isPresent()) {
                    unnamed.get().end();
                }
                if (connection.getAutoCommit() != autoCommit) {
                    connection.setAutoCommit(autoCommit);
                }
                if (!patience.equals(patience(connection))) {
                    // last, as all of the above may have to wait for the network, too
                    connection.setNetworkTimeout(Runnable::run, patience.orElse(0));
                }
            }
        } catch (SQLException e) {
            Log.trace(Message.CONNECTION_FAILED, e);
        } finally {
            close(connection);
        }
    }

    /** How long reading from the network may take: {@link TimeLimit} changes it. Not all drivers know (Derby 10.16). */
    static OptionalInt patience(Connection connection) {
        try {
            return OptionalInt.of(connection.getNetworkTimeout());
        } catch (SQLException | RuntimeException e) {
            return OptionalInt.empty();
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            Log.trace(Message.CONNECTION_FAILED, e);
        }
    }
}
