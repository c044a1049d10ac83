package io.github.deploymigrations.database;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says in SQL what a run does by calls of JDBC, so that a person can do it with a client of the database. Immutable.
 *
 * @param product whose client it is
 */
public record ClientSql(Product product) {

    /** How to run a text, for a comment. */
    public String advice() {
        return switch (product) {
            case POSTGRESQL, YUGABYTEDB -> "psql -X -v ON_ERROR_STOP=1 -f plan.sql";
            case MARIADB, MYSQL -> "mariadb < plan.sql";
            case H2 -> "the RunScript tool of H2";
            case ORACLE, DERBY, DB2 -> "a client that stops at the first error, with auto-commit switched off";
            default -> "a client that stops at the first error";
        };
    }

    /** What makes the client's session as a driver's: the text is in UTF-8, wherever the client runs. */
    public List<String> preamble(Optional<String> timeZone) {
        return switch (product) {
            case POSTGRESQL, YUGABYTEDB, COCKROACHDB ->
                Stream.concat(
                                Stream.of("SET client_encoding TO 'UTF8';"),
                                timeZone.stream().map(zone -> "SET TimeZone TO " + literal(zone) + ";"))
                        .toList();
            case MARIADB, MYSQL -> List.of("SET NAMES utf8mb4;");
            default -> List.of();
        };
    }

    /** Begins a transaction; empty where a client without auto-commit is in one anyway. */
    public Optional<String> begin() {
        return switch (product) {
            case POSTGRESQL, YUGABYTEDB, COCKROACHDB, H2, SQLITE -> Optional.of("BEGIN;");
            case SQL_SERVER -> Optional.of("BEGIN TRANSACTION;");
            case ORACLE, DERBY, DB2 -> Optional.empty();
            default -> Optional.of("START TRANSACTION;");
        };
    }

    /**
     * Goes to a place that {@link Product#place} told; a comment where no statement does. Derby (10.16) makes a user's own
     * schema with his first table, and cannot be sent there before.
     */
    public String goTo(String place) {
        String quoted = "\"" + place.replace("\"", "\"\"") + "\"";
        return switch (product) {
            case POSTGRESQL, YUGABYTEDB, COCKROACHDB ->
                "SELECT pg_catalog.set_config('search_path', " + literal(place) + ", false);";
            case MARIADB, MYSQL -> "USE `" + place.replace("`", "``") + "`;";
            case H2, HSQLDB, DB2 -> "SET SCHEMA " + quoted + ";";
            case ORACLE -> "ALTER SESSION SET CURRENT_SCHEMA = " + quoted + ";";
            default -> "-- Work in the schema " + quoted.replaceAll("\\p{Cntrl}", "?");
        };
    }

    /** The present time as MyBatis writes it into its changelog. */
    public String now(String otherwise) {
        return switch (product) {
            case POSTGRESQL, YUGABYTEDB -> "to_char(clock_timestamp(), 'YYYY-MM-DD HH24:MI:SS')";
            case MARIADB, MYSQL -> "date_format(now(), '%Y-%m-%d %H:%i:%s')";
            case H2 -> "formatdatetime(localtimestamp, 'yyyy-MM-dd HH:mm:ss')";
            default -> literal(otherwise);
        };
    }

    /** The text as a literal. */
    public String literal(String text) {
        String escaped = product.hasCatalogs() ? text.replace("\\", "\\\\") : text;
        return "'" + escaped.replace("'", "''") + "'";
    }

    /** Whether a table can be created where it is absent without a look at whether it is. */
    public boolean createsIfAbsent() {
        return switch (product) {
            case POSTGRESQL, YUGABYTEDB, COCKROACHDB, MARIADB, MYSQL, H2, HSQLDB, SQLITE -> true;
            default -> false;
        };
    }

    /** The statement so that the client sees its end, and not one before it where it has delimiters inside. */
    public String terminated(String statement) {
        String sql = statement.strip();
        boolean several = StatementKind.isSeveral(sql);
        if (product == Product.SQL_SERVER) {
            return sql + "\nGO";
        }
        if (several && product == Product.ORACLE) {
            return sql + "\n/";
        }
        if (several && product.hasCatalogs()) {
            String delimiter = Stream.of("$$", "//", "%%", "&&", "@@")
                    .filter(text -> !sql.contains(text))
                    .findFirst()
                    .orElse("$$$$");
            return "DELIMITER " + delimiter + "\n" + sql + "\n" + delimiter + "\nDELIMITER ;";
        }
        return several && !splitsAsTheDriver() ? told(sql) : ended(sql);
    }

    /** Whether the client knows quotes and bodies of routines, in which a semicolon ends nothing. */
    private boolean splitsAsTheDriver() {
        return product.hasSearchPath() || product == Product.H2 || product == Product.SQLITE;
    }

    private static String told(String sql) {
        return "-- The next statement has semicolons inside: send it to the database as one.\n" + ended(sql);
    }

    private static String ended(String sql) {
        String last = sql.substring(sql.lastIndexOf('\n') + 1);
        // the last two begin a comment on MariaDB and on H2
        if (last.contains("--") || last.contains("#") || last.contains("//")) {
            return sql + "\n;";
        }
        return last.endsWith(";") ? sql : sql + ";";
    }
}
