package io.github.deploymigrations.lock;

import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * MySQL's and MariaDB's {@code GET_LOCK}. Its names belong to the whole server, so that ours has the database's name in
 * its hash. The server tells no more of the holder than its connection.
 */
final class NameLock extends SessionLock {

    NameLock(TableName changelog, Connection working) {
        super(changelog, working);
    }

    @Override
    boolean take(Connection working, LockName name) throws SQLException {
        if (!Query.isTrue(working, "select get_lock(?, 0)", name.text())) {
            return false;
        }
        // each node of a Galera cluster gives the lock to somebody (seen on MariaDB with galera-4)
        if (Query.row(working, "show variables like 'wsrep_on'")
                .filter(row -> row.get(1).equals("ON"))
                .isPresent()) {
            Log.log(Message.LOCK_OF_ONE_NODE);
        }
        return true;
    }

    @Override
    boolean isOurs(Connection working, LockName name) throws SQLException {
        return Query.isTrue(working, "select is_used_lock(?) = connection_id()", name.text());
    }

    @Override
    void give(Connection working, LockName name) throws SQLException {
        Query.row(working, "select release_lock(?)", name.text());
    }

    @Override
    Optional<LockHolder> holder(Connection working, LockName name) throws SQLException {
        return Query.row(
                        working,
                        "select u.ID, p.USER, p.HOST from (select is_used_lock(?) as ID) u"
                                + " left join information_schema.PROCESSLIST p on p.ID = u.ID where u.ID is not null",
                        name.text())
                .map(NameLock::holder);
    }

    private static LockHolder holder(List<String> row) {
        return new LockHolder(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(SessionName.of(row.get(0), row.get(1), row.get(2))));
    }
}
