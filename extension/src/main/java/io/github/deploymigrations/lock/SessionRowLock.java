package io.github.deploymigrations.lock;

import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * HSQLDB's: a committed row names the session that does the work, and counts for as long as the database has that
 * session. Neither a transaction that stays open nor one that waits would do: a waiting one cannot be cancelled, aborted
 * or closed, and in the MVCC model an open one stops every definition (seen on 2.7.4).
 */
final class SessionRowLock extends SessionLock {
    /** Numbers begin again with each start of the database: the time tells sessions of two starts apart. */
    private static final String SESSION =
            "cast(S.SESSION_ID as varchar(20)) || ' at ' || cast(S.CONNECTED as varchar(40))";

    private static final String SESSIONS = " from INFORMATION_SCHEMA.SYSTEM_SESSIONS S where ";
    private static final String MINE = "(select " + SESSION + SESSIONS + "S.SESSION_ID = SESSION_ID())";

    /** HSQLDB (2.7.4) says no more than this where a session ends while it makes the list of them. */
    private static final int GENERAL_ERROR = -458;

    private static final int ATTEMPTS = 10;

    /** Something that is asked of the database. */
    @FunctionalInterface
    private interface Question {
        boolean ask() throws SQLException;
    }

    private final Contender contender;
    private final LockTable table;

    SessionRowLock(Contender contender, TableName changelog, Connection working, LockTable table) {
        super(changelog, working);
        this.contender = contender;
        this.table = table;
    }

    @Override
    boolean take(Connection working, LockName name) throws SQLException, LockFailed {
        if (!among(() -> Query.isTrue(working, "select S.IS_ADMIN" + SESSIONS + "S.SESSION_ID = SESSION_ID()"))) {
            throw new LockFailed(Message.LOCK_SESSIONS_HIDDEN.with());
        }
        table.ensure(working);
        try {
            return among(() -> Query.update(
                            working,
                            "update " + table.sql() + " L set L.HOLDER_SESSION = " + MINE
                                    + ", L.HOLDER_NODE = ?, L.HOLDER_DEPLOYMENT = ?, L.HOLDER_SINCE = ?"
                                    + " where L.ID = 1 and (L.HOLDER_SESSION is null or not exists (select 1"
                                    + SESSIONS + SESSION + " = L.HOLDER_SESSION))",
                            contender.node(),
                            contender.deployment(),
                            Instant.now().toString())
                    == 1);
        } catch (SQLException e) {
            if (Product.HSQLDB.isLocked(e)) {
                return false;
            }
            throw e;
        }
    }

    /** What asks for all sessions is asked again where it met one that was just going. */
    private static boolean among(Question question) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return question.ask();
            } catch (SQLException e) {
                if (e.getErrorCode() != GENERAL_ERROR || attempt == ATTEMPTS) {
                    throw e;
                }
                Log.trace(Message.LOCK_WAITING, e);
            }
        }
    }

    @Override
    boolean isOurs(Connection working, LockName name) throws SQLException {
        return among(() -> Query.row(
                        working, "select 1 from " + table.sql() + " L where L.ID = 1 and L.HOLDER_SESSION = " + MINE)
                .isPresent());
    }

    @Override
    void give(Connection working, LockName name) throws SQLException {
        among(() -> Query.update(
                        working,
                        "update " + table.sql()
                                + " L set L.HOLDER_SESSION = null where L.ID = 1 and L.HOLDER_SESSION = " + MINE)
                == 1);
    }

    @Override
    Optional<LockHolder> holder(Connection working, LockName name) throws SQLException {
        return table.holder(working, " where ID = 1 and exists (select 1" + SESSIONS + SESSION + " = HOLDER_SESSION)");
    }
}
