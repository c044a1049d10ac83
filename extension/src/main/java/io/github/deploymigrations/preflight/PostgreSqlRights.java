package io.github.deploymigrations.preflight;

import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.database.Query;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PostgreSQL tells what a role may do, by itself and by the roles that it is in; of what is not there it tells nothing. */
final class PostgreSqlRights implements Probe {

    /** What the role may do; null of what is not there. */
    private static final String QUERY = "select quote_ident(current_user), quote_ident(current_schema()),"
            + " has_schema_privilege(current_schema(), 'create'), has_schema_privilege(to_regnamespace(?::text), 'create'),"
            + " has_any_column_privilege(to_regclass(?), 'insert'), has_any_column_privilege(to_regclass(?), 'insert')";

    private static final int ROLE = 0;
    private static final int SCHEMA = 1;
    private static final int MAKES_TABLES = 2;
    private static final int MAKES_OURS = 3;
    private static final int WRITES_CHANGELOG = 4;
    private static final int WRITES_HISTORY = 5;
    private static final String NO = "f";

    @Override
    public List<Finding> ask(Undertaking work) throws SQLException, IOException {
        if (work.product() != Product.POSTGRESQL) {
            return List.of();
        }
        Optional<List<String>> row = Query.row(
                work.connection(),
                QUERY,
                work.changelog().qualifier().orElse(null),
                work.changelog().sql(),
                work.history().sql());
        return row.isPresent() && row.get().contains(NO) ? missing(work, row.get()) : List.of();
    }

    private static List<Finding> missing(Undertaking work, List<String> answer) throws IOException {
        String role = answer.get(ROLE);
        Rights rights = Rights.of(work);
        List<Finding> findings = new ArrayList<>();
        rights.creates().ifPresent(creation -> {
            Optional<String> named = work.changelog().qualifier().filter(schema -> creation.isOwn());
            String schema = named.orElse(answer.get(SCHEMA));
            if (NO.equals(answer.get(named.isPresent() ? MAKES_OURS : MAKES_TABLES))) {
                findings.add(Rights.notCreating(
                        role, "the schema " + schema, creation, "grant create on schema " + schema + " to " + role));
            }
        });
        List<String> closed = new ArrayList<>();
        for (String table : rights.writes()) {
            boolean changelog = table.equals(work.changelog().sql());
            if (NO.equals(answer.get(changelog ? WRITES_CHANGELOG : WRITES_HISTORY))) {
                closed.add(table);
            }
        }
        if (!closed.isEmpty()) {
            findings.add(Rights.notWriting(
                    role,
                    closed,
                    "grant select, insert, update, delete on " + String.join(", ", closed) + " to " + role));
        }
        return findings;
    }
}
