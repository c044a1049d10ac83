package io.github.deploymigrations.changelog;

import io.github.deploymigrations.settings.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Which tables the names of changelog and history mean on a path of schemas, for PostgreSQL. With their schemas in front
 * they can be written from wherever a script has left the session, in a statement that finds out along the way whether
 * that is still the same path, and whether the names still mean these tables there. Immutable.
 *
 * @param path that the session was on
 * @param changelog with its schema
 * @param history with its schema
 * @param unchanged an expression with one argument, the path: true where all this is as it was
 */
public record TablesFound(String path, String changelog, String history, String unchanged) {
    /** The first with {@code to_regclass} of a text is 9.6; an error would spoil the transaction that this is asked in. */
    private static final int SINCE = 10;

    private static final String QUERY =
            "select pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), c.oid::bigint"
                    + " from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                    + " where c.oid = pg_catalog.to_regclass(?)";

    /** Names are compared by what they mean, whatever operators a script has put in front on its path. */
    private static final String EQUALS = " operator(pg_catalog.=) ";

    /**
     * Looks for both tables.
     *
     * @param connection on the path
     * @return empty where one is not to be found, or the server is too old to tell
     */
    static Optional<TablesFound> on(Connection connection, String path, TableName changelog, TableName history)
            throws SQLException {
        if (connection.getMetaData().getDatabaseMajorVersion() < SINCE) {
            return Optional.empty();
        }
        Optional<Found> first = found(connection, changelog);
        Optional<Found> second = found(connection, history);
        return first.isEmpty() || second.isEmpty()
                ? Optional.empty()
                : Optional.of(new TablesFound(
                        path,
                        first.get().name,
                        second.get().name,
                        "pg_catalog.current_setting('search_path')" + EQUALS + "?::pg_catalog.text and "
                                + first.get().isMeantBy(changelog) + " and "
                                + second.get().isMeantBy(history)));
    }

    /** A table with its schema and its number. */
    private record Found(String name, long number) {
        String isMeantBy(TableName text) {
            return "pg_catalog.to_regclass('" + text.sql().replace("'", "''") + "')::pg_catalog.oid" + EQUALS + number
                    + "::pg_catalog.oid";
        }
    }

    private static Optional<Found> found(Connection connection, TableName table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(QUERY)) {
            query.setString(1, table.sql());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(new Found(row.getString(1), row.getLong(2))) : Optional.empty();
            }
        }
    }
}
