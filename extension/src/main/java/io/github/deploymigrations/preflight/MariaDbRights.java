package io.github.deploymigrations.preflight;

import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.database.Query;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a user of MariaDB may do, by whatever way: it checks the rights for a statement that is prepared and never executed
 * (11.4). What it tells of grants is no proof.
 */
final class MariaDbRights implements Probe {
    /** Denied to the user: a database, a table, a column. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143);

    private static final String PREPARED = "migrations_preflight";

    @Override
    public List<Finding> ask(Undertaking work) throws SQLException, IOException {
        if (work.product() != Product.MARIADB) {
            return List.of();
        }
        Connection connection = work.connection();
        String changelog = work.changelog().sql();
        String history = work.history().sql();
        boolean mayAll = mayCreate(connection, PREPARED)
                && mayCreate(connection, history)
                && mayInsert(connection, changelog, work)
                && mayInsert(connection, history, work);
        return mayAll ? List.of() : missing(work);
    }

    private static List<Finding> missing(Undertaking work) throws SQLException, IOException {
        Connection connection = work.connection();
        String user = Query.row(connection, "select current_user()")
                .map(row -> "'" + row.get(0).replace("@", "'@'") + "'")
                .orElse("");
        String here = "`" + connection.getCatalog() + "`";
        String ours = work.changelog().qualifier().orElse(here);
        Rights rights = Rights.of(work);
        List<Finding> findings = new ArrayList<>();
        Optional<Rights.Creation> creation = rights.creates();
        if (creation.isPresent() && !mayCreate(connection, creation.get().table())) {
            String database = creation.get().isOwn() ? ours : here;
            findings.add(Rights.notCreating(
                    user,
                    "the database " + database,
                    creation.get(),
                    "grant create, alter, drop, index, references on " + database + ".* to " + user));
        }
        List<String> closed = new ArrayList<>();
        for (String table : rights.writes()) {
            if (!mayInsert(connection, table, work)) {
                closed.add(table);
            }
        }
        if (!closed.isEmpty()) {
            findings.add(Rights.notWriting(
                    user, closed, "grant select, insert, update, delete on " + ours + ".* to " + user));
        }
        return findings;
    }

    private static boolean mayCreate(Connection connection, String table) throws SQLException {
        return may(connection, "create table " + table + " (ID integer)");
    }

    private static boolean mayInsert(Connection connection, String table, Undertaking work) throws SQLException {
        String column = table.equals(work.changelog().sql()) ? "ID" : "ATTEMPT";
        return may(connection, "insert into " + table + " (" + column + ") values (1)");
    }

    /** Any other error is for the run to meet. */
    private static boolean may(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute("prepare " + PREPARED + " from '" + sql.replace("'", "''") + "'");
                statement.execute("deallocate prepare " + PREPARED);
                return true;
            } catch (SQLException e) {
                return !DENIED.contains(e.getErrorCode());
            }
        }
    }
}
