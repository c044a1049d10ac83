package io.github.deploymigrations.lock;

import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Lets PostgreSQL look, while it is at a statement, whether its client is still there. Of itself it finds out at the end of the
 * statement (seen on 14), and keeps the lock of a killed node until then. Since 14; where the server cannot look (on
 * Windows), or was told how often by its administrator, all stays as it is.
 */
final class ClientWatch {
    private static final String SETTING = "client_connection_check_interval";
    private static final String EVERY = "2s";

    private boolean begun;

    /** @param working in no transaction: a server that cannot do it answers by an error */
    void begin(Connection working) {
        try {
            begun = working.getAutoCommit()
                    && Query.row(
                                    working,
                                    "select pg_catalog.set_config(name, ?, false) from pg_catalog.pg_settings"
                                            + " where name = ? and setting = '0'",
                                    EVERY,
                                    SETTING)
                            .isPresent();
        } catch (SQLException e) {
            Log.trace(Message.LOCK_TAKEN, e);
        }
    }

    void end(Connection working) throws SQLException {
        if (begun) {
            begun = false;
            Query.row(working, "select pg_catalog.set_config(?, '0', false)", SETTING);
        }
    }
}
