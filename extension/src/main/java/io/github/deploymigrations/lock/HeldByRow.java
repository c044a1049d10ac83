package io.github.deploymigrations.lock;

import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.database.RepeatedStatements;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.TableName;
import java.sql.SQLException;

/** A locked row: what its transaction wrote into it is there as long as the transaction is. */
final class HeldByRow implements MigrationLock.Held {
    private final TableName changelog;
    private final LockTable table;
    private final LockConnection connection;
    private final String token;
    private final RepeatedStatements statements;
    private boolean released;

    HeldByRow(TableName changelog, LockTable table, LockConnection connection, String token) {
        this.changelog = changelog;
        this.table = table;
        this.connection = connection;
        this.token = token;
        this.statements = new RepeatedStatements(connection.connection(), table.product());
        Log.log(Message.LOCK_TAKEN, changelog, table.sql());
    }

    @Override
    public void verify() throws LockLost {
        boolean ours;
        try {
            ours = !connection.connection().getAutoCommit() && table.hasToken(statements, token);
        } catch (SQLException e) {
            throw LockLost.silent(changelog, e);
        }
        if (!ours) {
            throw LockLost.taken(changelog);
        }
    }

    /** To ask H2 is work of this process, as much as to change a row. */
    @Override
    public boolean isAskedAtEachStatement() {
        return table.product() != Product.H2;
    }

    @Override
    public void close() {
        if (!released) {
            released = true;
            statements.close();
            connection.close();
            Log.log(Message.LOCK_RELEASED, changelog);
        }
    }
}
