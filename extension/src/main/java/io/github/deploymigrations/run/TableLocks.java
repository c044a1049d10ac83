package io.github.deploymigrations.run;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * Whether a script has locked tables: between {@code LOCK TABLES} and {@code UNLOCK TABLES} MariaDB and MySQL let nobody
 * write into any other, so that what the history says meanwhile is what it said before. Not thread-safe.
 */
final class TableLocks {
    private static final Pattern LOCK = Pattern.compile(
            "\\s*lock\\s+tables?\\b.*\\b(?:read|write)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern UNLOCK =
            Pattern.compile("\\s*unlock\\s+tables?\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Session session;
    private boolean held;
    private boolean heldThen;

    TableLocks(Session session) {
        this.session = session;
    }

    boolean held() {
        return held;
    }

    /** A statement is about to run. */
    void before(String sql) {
        boolean locks = session.product().hasCatalogs() && LOCK.matcher(sql).matches();
        heldThen = locks || (held && !UNLOCK.matcher(sql).matches());
    }

    /** It did. */
    void after() {
        held = heldThen;
    }

    /** Ends them, where the script did not come to that. */
    void release() throws SQLException {
        if (held) {
            try (Statement statement = session.connection().createStatement()) {
                statement.execute("unlock tables");
            }
            held = false;
        }
    }
}
