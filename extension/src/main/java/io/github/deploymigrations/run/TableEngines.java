package io.github.deploymigrations.run;

import io.github.deploymigrations.database.StatementKind;
import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * Whether changes of rows can be taken back in every table, as far as is known: MariaDB and MySQL have engines without
 * transactions, and a script may make tables in them. Not thread-safe.
 */
final class TableEngines {
    /** Rows in tables of other engines are not taken back. A column may have that name, too. */
    private static final Pattern OTHER_ENGINE =
            Pattern.compile("\\bengine\\s*=?\\s*['\"`]?(?!innodb\\b)\\w+", Pattern.CASE_INSENSITIVE);

    /** A table of the session, which not every version shows; it may be there in the scripts that follow. */
    private static final Pattern TEMPORARY = Pattern.compile("\\btemporary\\b", Pattern.CASE_INSENSITIVE);

    private final Session session;
    private boolean transactional;
    /** Whether a definition seems to name another engine, and nobody has looked what it has made. */
    private boolean named;
    /** Whether a statement may have made any table. */
    private boolean unknown;

    TableEngines(Session session) throws SQLException {
        this.session = session;
        this.transactional = session.product().hasOnlyTransactionalTables(session.connection());
    }

    boolean areTransactional() {
        return transactional && !named;
    }

    /** A statement is about to run. */
    void before(String sql, StatementKind kind) throws SQLException {
        if (kind != StatementKind.ROWS) {
            if (session.product().hasCatalogs() && OTHER_ENGINE.matcher(sql).find()) {
                named = true;
                transactional &= !TEMPORARY.matcher(sql).find();
            }
            unknown |= kind == StatementKind.SESSION || kind == StatementKind.OTHER;
        } else if (named) {
            look();
        }
    }

    /** The script is through. */
    void afterScript() throws SQLException {
        if (named || unknown) {
            look();
            unknown = false;
        }
    }

    private void look() throws SQLException {
        transactional &= session.product().hasOnlyTransactionalTables(session.connection());
        named = false;
    }
}
