package io.github.deploymigrations.preflight;

import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.settings.TableName;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** MariaDB tells a user what is granted to him. */
final class MariaDbRights implements Probe {

    @Override
    public List<Finding> ask(Undertaking work) throws SQLException, IOException {
        String schema = work.connection().getCatalog();
        if (work.product() != Product.MARIADB || schema == null) {
            return List.of();
        }
        Grants grants = Grants.of(work.connection());
        boolean everywhere = grants.allow("CREATE", schema, "") && grants.allow("INSERT", schema, "");
        if (everywhere || !grants.areCertain() || work.changelog().qualifier().isPresent()) {
            return List.of();
        }
        String user = Query.row(work.connection(), "select current_user()")
                .map(row -> "'" + row.get(0).replace("@", "'@'") + "'")
                .orElse("");
        Rights rights = Rights.of(work);
        List<Finding> findings = new ArrayList<>();
        rights.creates()
                .filter(creation -> !grants.allow("CREATE", schema, bare(creation.table())))
                .ifPresent(creation -> findings.add(Rights.notCreating(
                        user,
                        "the database " + schema,
                        creation,
                        "grant create, alter, drop, index, references on `" + schema + "`.* to " + user)));
        List<String> closed = rights.writes().stream()
                .filter(table -> !grants.allow("INSERT", schema, bare(table)))
                .toList();
        if (!closed.isEmpty()) {
            findings.add(Rights.notWriting(
                    user, closed, "grant select, insert, update, delete on `" + schema + "`.* to " + user));
        }
        return findings;
    }

    private static String bare(String table) {
        return new TableName(table).bare();
    }
}
