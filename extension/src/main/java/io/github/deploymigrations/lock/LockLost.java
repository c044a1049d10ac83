package io.github.deploymigrations.lock;

import io.github.deploymigrations.DatabaseError;
import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.TableName;
import java.sql.SQLException;
import java.util.Optional;

/** The lock is not ours any more. An {@link SQLException}, so that it can stop a statement where it would run. */
public final class LockLost extends SQLException {
    private static final long serialVersionUID = 1L;

    /** The SQL standard's. */
    private static final String CONNECTION_FAILURE = "08006";

    private final transient MigrationFailure failure;

    private LockLost(TableName changelog, String how, String sqlState, Optional<DatabaseError> database) {
        super(Message.LOCK_LOST.with(changelog, how).toString(), sqlState);
        this.failure = new MigrationFailure.NotLocked(Message.LOCK_LOST.with(changelog, how), database);
    }

    /** The session is there, and does not have it. */
    static LockLost taken(TableName changelog) {
        return new LockLost(changelog, "the session that took it does not hold it any more", null, Optional.empty());
    }

    /** The session does not answer. */
    static LockLost silent(TableName changelog, SQLException cause) {
        Optional<DatabaseError> error = Errors.of(cause);
        return new LockLost(
                changelog, error.map(DatabaseError::message).orElse("its session is gone"), CONNECTION_FAILURE, error);
    }

    /** What the report says; never null. */
    public MigrationFailure failure() {
        return failure;
    }
}
