package io.github.deploymigrations.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A database product: how it says that a table is not there, whether its schemas are JDBC catalogs, how it locks. */
@SuppressWarnings("ImmutableEnumChecker") // the sets are immutable, which their type does not say
public enum Product {
    /** 90079 is a schema that is not there. */
    H2("h2", false, Set.of("42S02", "42S03", "42S04", "90079"), Set.of()),
    POSTGRESQL("postgresql", false, Set.of("42P01", "3F000"), Set.of()),
    /** Speaks as PostgreSQL does, and is told apart by {@link PostgresKind}; its advisory locks keep nobody off. */
    COCKROACHDB("cockroachdb", false, Set.of("42P01", "3F000"), Set.of()),
    /** The same; its advisory locks are a preview (2025.1). */
    YUGABYTEDB("yugabytedb", false, Set.of("42P01", "3F000"), Set.of()),
    MARIADB("mariadb", true, Set.of("42S02"), Set.of()),
    MYSQL("mysql", true, Set.of("42S02"), Set.of()),
    HSQLDB("hsql", false, Set.of("42501"), Set.of()),
    DERBY("apache derby", false, Set.of("42X05", "42Y07"), Set.of()),
    ORACLE("oracle", false, Set.of(), Set.of(942)),
    SQL_SERVER("microsoft sql server", false, Set.of("S0002"), Set.of(208)),
    DB2("db2", false, Set.of("42704"), Set.of()),
    /** SQLite has one error for all mistakes in a statement. */
    SQLITE("sqlite", false, Set.of(), Set.of()) {
        @Override
        boolean saysTableMissing(SQLException error) {
            return String.valueOf(error.getMessage()).contains("no such table");
        }
    },
    /** Unknown: what the SQL standard and the products above say. */
    OTHER("", false, Set.of("42S02", "42P01", "42X05"), Set.of());

    /** What a script may change of a session, and the next user of it relies on; of them all, the role may allow the rest. */
    private static final String POSTGRES_SETTINGS = "select name, current_setting(name) from unnest(array['role',"
            + " 'default_transaction_isolation', 'default_transaction_read_only', 'statement_timeout', 'lock_timeout',"
            + " 'idle_in_transaction_session_timeout', 'client_min_messages', 'check_function_bodies', 'row_security',"
            + " 'default_tablespace']) as name";

    private static final String MARIADB_SETTINGS = "show session variables where Variable_name in"
            + " ('foreign_key_checks', 'unique_checks', 'sql_mode', 'sql_notes', 'sql_safe_updates', 'time_zone',"
            + " 'default_storage_engine')";

    private static final Set<String> TRANSACTIONAL = Set.of("POSTGRESQL", "DERBY", "SQL_SERVER", "DB2", "SQLITE");

    /** H2 and others by the SQL standard, PostgreSQL, Derby twice, MariaDB, SQL Server and its driver. */
    private static final Set<String> LOCKED_STATES =
            Set.of("HYT00", "55P03", "40XL1", "40XL2", "40001", "40P01", "70100", "HY008");

    /** Oracle (54, 30006), MySQL and MariaDB (1205, 1317, 1969, 3024, 3572), SQL Server (1205, 1222). */
    private static final Set<Integer> LOCKED_CODES = Set.of(54, 30006, 1205, 1222, 1317, 1969, 3024, 3572);

    private final String name;
    private final boolean catalogs;
    private final Set<String> missingStates;
    private final Set<Integer> missingCodes;

    Product(String name, boolean catalogs, Set<String> missingStates, Set<Integer> missingCodes) {
        this.name = name;
        this.catalogs = catalogs;
        this.missingStates = missingStates;
        this.missingCodes = missingCodes;
    }

    /** The product at the other end of the connection. */
    public static Product of(Connection connection) throws SQLException {
        Product product = named(connection.getMetaData().getDatabaseProductName());
        return product == POSTGRESQL ? PostgresKind.of(connection) : product;
    }

    private static Product named(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        for (Product product : values()) {
            if (name.startsWith(product.name)) {
                return product;
            }
        }
        return OTHER;
    }

    /** What people call it, where its driver calls it by another's name. */
    public String title(Connection connection) throws SQLException {
        return switch (this) {
            case COCKROACHDB -> "CockroachDB";
            case YUGABYTEDB -> "YugabyteDB";
            default -> connection.getMetaData().getDatabaseProductName();
        };
    }

    /** Whether a connection is on a path of schemas, and may set what it likes by name: PostgreSQL and its like. */
    public boolean hasSearchPath() {
        return this == POSTGRESQL || this == COCKROACHDB || this == YUGABYTEDB;
    }

    /** Whether the longest name of a table is told in bytes. */
    public boolean countsNamesInBytes() {
        return hasSearchPath();
    }

    /** Whether tables are in schemas or catalogs at all. */
    public boolean hasSchemas() {
        return this != SQLITE;
    }

    /** Whether its driver runs the first of several statements in one call, and drops the others without a word (3.50). */
    public boolean dropsAllButTheFirst() {
        return this == SQLITE;
    }

    /** Whether the names of columns and indexes are the same in upper and in lower case, quoted or not. */
    public boolean ignoresCase() {
        return catalogs || this == SQLITE;
    }

    /** Whether it makes a backup of itself by a statement: {@code SCRIPT TO}. */
    public boolean backsUpItself() {
        return this == H2;
    }

    /** Asks for the names and values of what a script may change in a session; empty where that cannot be put back by name. */
    public Optional<String> settingsQuery() {
        if (hasPostgresCatalog()) {
            return Optional.of(POSTGRES_SETTINGS);
        }
        return catalogs ? Optional.of(MARIADB_SETTINGS) : Optional.empty();
    }

    /** Puts back one of what {@link #settingsQuery} asks for. */
    public void set(Connection connection, String name, String value) throws SQLException {
        String sql = catalogs ? "set session " + name + " = ?" : "select set_config('" + name + "', ?, false)";
        try (PreparedStatement set = connection.prepareStatement(sql)) {
            set.setString(1, value);
            set.execute();
        }
    }

    /** Asks for the zone that the driver gives each session, where it gives one (pgjdbc does, as of 42.7). */
    public Optional<String> timeZoneQuery() {
        return hasSearchPath() ? Optional.of("select current_setting('TimeZone')") : Optional.empty();
    }

    /** Whether what users call a schema is a catalog to JDBC. */
    public boolean hasCatalogs() {
        return catalogs;
    }

    /** Puts the connection into a schema. */
    public void enter(Connection connection, String schema) throws SQLException {
        if (catalogs) {
            connection.setCatalog(schema);
        } else {
            connection.setSchema(schema);
        }
    }

    /**
     * Where the connection is, in a way that one can go back to: in PostgreSQL on a path of schemas, of which JDBC knows
     * the first alone and forgets the others.
     */
    public String place(Connection connection) throws SQLException {
        if (!hasSearchPath()) {
            return catalogs ? connection.getCatalog() : connection.getSchema();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('search_path')")) {
            row.next();
            return row.getString(1);
        }
    }

    /** Goes where a connection was once. */
    public void goTo(Connection connection, String place) throws SQLException {
        if (!hasSearchPath()) {
            enter(connection, place);
            return;
        }
        try (PreparedStatement set = connection.prepareStatement("select set_config('search_path', ?, false)")) {
            set.setString(1, place);
            set.execute();
        }
    }

    /** Whether a definition is part of a transaction, and goes with it. */
    public boolean definesInTransactions() {
        return TRANSACTIONAL.contains(name());
    }

    /**
     * Whether a definition neither goes with the transaction that it is in nor ends it, so that it should be alone. By their
     * documentation CockroachDB completes it behind the commit and may fail there; YugabyteDB makes a transaction of its own
     * of it. The products of neither kind commit before each.
     */
    public boolean definesAlone() {
        return this == COCKROACHDB || this == YUGABYTEDB;
    }

    /** Whether one statement writes rows into several tables, and answers (common table expressions that insert). */
    public boolean writesSeveralTablesAtOnce() {
        return this == POSTGRESQL;
    }

    /** The type of a column for a text of any length. */
    public String textType() {
        return switch (this) {
            case POSTGRESQL, COCKROACHDB, YUGABYTEDB, SQLITE -> "text";
            case MARIADB, MYSQL -> "longtext";
            case SQL_SERVER -> "nvarchar(max)";
            default -> "clob";
        };
    }

    /** Whether rows are changed in transactions in all tables of the schema: MariaDB and MySQL have engines without. */
    public boolean hasOnlyTransactionalTables(Connection connection) throws SQLException {
        if (!catalogs) {
            return true;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from information_schema.TABLES where"
                        + " TABLE_SCHEMA not in ('mysql', 'information_schema', 'performance_schema', 'sys')"
                        + " and ENGINE <> 'InnoDB'"
                        + " union all select case when @@default_storage_engine = 'InnoDB' then 0 else 1 end")) {
            long others = 0;
            while (rows.next()) {
                others += rows.getLong(1);
            }
            return others == 0;
        }
    }

    /**
     * What stands behind a table's columns, so that it holds any letter and what is rolled back is gone: MariaDB's and
     * MySQL's own choice may be latin1 and MyISAM.
     */
    public String tableOptions() {
        return catalogs ? " engine=InnoDB default character set utf8mb4" : "";
    }

    /**
     * Whether others see a table before it has its primary key, and may write. H2 (2.4.240) then drops it again if what
     * they wrote has no such key, or they keep it busy for two seconds: who had locked a row of it found his token gone
     * (MIGR-522), and another locked the row of the next table meanwhile.
     */
    public boolean showsTablesHalfMade() {
        return this == H2;
    }

    /**
     * Whether a rollback may undo what another transaction did to the same row meanwhile. H2 (2.3.232, 2.4.240) puts the old row
     * back and removes its undo record after that; if the store is written just then, it does both again, although the
     * row was free in between: who had locked it by then has it no more, and others lock it, too.
     */
    public boolean rollsBackOverOthers() {
        return this == H2;
    }

    /** How this product locks for a session without locking anything of the user's; empty where it cannot. */
    public Optional<AdvisoryLocking> advisoryLocking() {
        return switch (this) {
            case POSTGRESQL -> Optional.of(AdvisoryLocking.NUMBER);
            case MARIADB, MYSQL -> Optional.of(AdvisoryLocking.NAME);
            case SQL_SERVER -> Optional.of(AdvisoryLocking.RESOURCE);
            default -> Optional.empty();
        };
    }

    /** How a row of a table of ours keeps others off. */
    public RowLocking rowLocking() {
        return switch (this) {
            case POSTGRESQL, COCKROACHDB, YUGABYTEDB, ORACLE -> RowLocking.NOWAIT;
            case HSQLDB -> RowLocking.SESSION;
            case SQLITE -> RowLocking.FILE;
            default -> RowLocking.UNCOMMITTED;
        };
    }

    /** Whether readers see what is not committed if they ask for it, and wait for nobody if they do not. */
    public boolean showsUncommittedRows() {
        return this == H2 || this == MARIADB || this == MYSQL;
    }

    /** Whether who reads never waits for who writes; others have locks for both, or one lock for all. */
    public boolean readsWithoutWaiting() {
        return showsUncommittedRows() || hasPostgresCatalog() || this == ORACLE;
    }

    /** Something that is read. */
    @FunctionalInterface
    public interface Reading<T> {
        T read() throws SQLException;
    }

    /** Reads with what is not committed yet, where the product shows that, and else without. */
    public <T> T readUncommitted(Connection connection, Reading<T> reading) throws SQLException {
        boolean shows = rowLocking() == RowLocking.UNCOMMITTED
                && connection.getMetaData().supportsTransactionIsolationLevel(Connection.TRANSACTION_READ_UNCOMMITTED);
        if (!shows) {
            return reading.read();
        }
        int isolation = connection.getTransactionIsolation();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        try {
            return reading.read();
        } finally {
            connection.setTransactionIsolation(isolation);
        }
    }

    /** Whether another thread can cancel a statement (not Derby 10.16; HSQLDB 2.7.4 keeps time by itself as well). */
    public boolean cancelsStatements() {
        return this != HSQLDB && this != DERBY;
    }

    /** How long the server lets a statement of this session run; empty where it has no such setting. */
    public Optional<StatementLimit> statementLimit() {
        return switch (this) {
            case POSTGRESQL, YUGABYTEDB ->
                Optional.of(new StatementLimit(
                        "statement_timeout",
                        "select (extract(epoch from current_setting('statement_timeout')::interval) * 1000)::bigint"));
            case MARIADB ->
                Optional.of(new StatementLimit(
                        "max_statement_time", "select cast(@@max_statement_time * 1000 as integer)"));
            default -> Optional.empty();
        };
    }

    /** Whether a query timeout is for the statement: SQLite's tells how long it waits for another's lock (3.50). */
    public boolean keepsQueryTimeouts() {
        return this != SQLITE;
    }

    /** Whether PostgreSQL's own catalog tells more, and sooner, than the driver's metadata. */
    public boolean hasPostgresCatalog() {
        return this == POSTGRESQL || this == YUGABYTEDB;
    }

    /** The query for what a DBA calls this session; empty where there is nothing to ask for. */
    public Optional<String> sessionQuery() {
        return switch (this) {
            case H2 -> Optional.of("select session_id()");
            case POSTGRESQL, YUGABYTEDB -> Optional.of("select pg_backend_pid()");
            case COCKROACHDB -> Optional.of("show session_id");
            case MARIADB, MYSQL -> Optional.of("select connection_id()");
            case SQL_SERVER -> Optional.of("select @@spid");
            case ORACLE -> Optional.of("select sys_context('userenv', 'sid') from dual");
            case DB2 -> Optional.of("values application_id()");
            default -> Optional.empty();
        };
    }

    /**
     * Asks whether a connection is in a transaction that somebody else began; empty where a driver refuses to leave such a
     * one. MariaDB (11.4) says that it is in auto-commit in a branch of XA, too.
     */
    public Optional<String> foreignTransactionQuery(boolean autoCommit) {
        return switch (this) {
            case H2 ->
                autoCommit
                        ? Optional.empty()
                        : Optional.of("select CONTAINS_UNCOMMITTED from information_schema.SESSIONS"
                                + " where SESSION_ID = session_id()");
            case POSTGRESQL ->
                autoCommit ? Optional.empty() : Optional.of("select txid_current_if_assigned() is not null");
            case MARIADB -> autoCommit ? Optional.of("select @@in_transaction") : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Whether the error says that somebody else has the lock, or had it for too long. */
    public boolean isLocked(SQLException thrown) {
        SQLException error = Errors.driver(thrown);
        return thrown instanceof SQLTimeoutException
                || error instanceof SQLTimeoutException
                || error instanceof SQLTransactionRollbackException
                || LOCKED_STATES.contains(String.valueOf(error.getSQLState()))
                || LOCKED_CODES.contains(error.getErrorCode());
    }

    /** Whether a database of this URL is gone when its process ends. */
    public boolean isInMemory(String url) {
        return switch (this) {
            case H2, HSQLDB -> url.contains(":mem:");
            case DERBY -> url.contains(":memory:");
            case SQLITE -> url.contains(":memory:") || url.contains("mode=memory");
            default -> false;
        };
    }

    /** Whether the error says that a table, or the schema it would be in, does not exist. */
    public boolean isTableMissing(SQLException thrown) {
        return saysTableMissing(Errors.driver(thrown));
    }

    boolean saysTableMissing(SQLException error) {
        return missingStates.contains(String.valueOf(error.getSQLState()))
                || missingCodes.contains(error.getErrorCode());
    }
}
