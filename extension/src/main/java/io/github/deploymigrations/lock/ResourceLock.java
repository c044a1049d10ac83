package io.github.deploymigrations.lock;

import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** SQL Server's application lock, owned by the session. Written after its documentation, not tried on a server. */
final class ResourceLock extends SessionLock {
    /** Of a resource's name, this much is to be seen in the list of locks. */
    private static final int VISIBLE = 32;

    ResourceLock(TableName changelog, Connection working) {
        super(changelog, working);
    }

    @Override
    boolean take(Connection working, LockName name) throws SQLException {
        return Query.row(
                        working,
                        "set nocount on; declare @got int; exec @got = sp_getapplock @Resource = ?,"
                                + " @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 0; select @got",
                        name.text())
                .filter(row -> Integer.parseInt(row.get(0)) >= 0)
                .isPresent();
    }

    @Override
    boolean isOurs(Connection working, LockName name) throws SQLException {
        return Query.isTrue(
                working,
                "select case when applock_mode('public', ?, 'Session') = 'Exclusive' then 1 else 0 end",
                name.text());
    }

    @Override
    void give(Connection working, LockName name) throws SQLException {
        Query.update(working, "exec sp_releaseapplock @Resource = ?, @LockOwner = 'Session'", name.text());
    }

    /** Empty for users without VIEW SERVER STATE, who get an error. */
    @Override
    Optional<LockHolder> holder(Connection working, LockName name) {
        try {
            return Query.row(
                            working,
                            "select s.session_id, s.login_name, s.host_name from sys.dm_tran_locks l"
                                    + " join sys.dm_exec_sessions s on s.session_id = l.request_session_id"
                                    + " where l.resource_type = 'APPLICATION' and l.request_status = 'GRANT'"
                                    + " and l.resource_database_id = db_id()"
                                    + " and charindex(?, l.resource_description) > 0",
                            name.text().substring(0, VISIBLE))
                    .map(row -> new LockHolder(
                            Optional.ofNullable(row.get(2)),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(SessionName.of(row.get(0), row.get(1), row.get(2)))));
        } catch (SQLException e) {
            Log.trace(Message.LOCK_WAITING, e);
            return Optional.empty();
        }
    }
}
