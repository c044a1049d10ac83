package io.github.deploymigrations.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assertions;

/**
 * A script, revision 2, with an odd statement, what revision 1 prepares for it, and what a person can do about it.
 * Immutable.
 *
 * @param deathbed what is in the statement around which the run dies
 * @param noTransaction whether each statement commits by itself
 * @param whole whether the scripts go to the database in one piece
 * @param isProved whether nobody has to be asked, wherever the run dies
 */
public record OddScript(
        TestServer server,
        String name,
        List<String> preparation,
        List<String> odd,
        String deathbed,
        String query,
        List<String> rows,
        String delimiter,
        boolean noTransaction,
        boolean whole,
        boolean isProved) {
    /** What a script calls another schema. */
    public static final String SCHEMA = "odd_schema";

    /** All that the scripts make. */
    private static final List<String> THINGS = Stream.concat(
                    Stream.of("a", "b", "m", "p", "q", "s", "t", "z", "tmp", "nothing", "`my t`")
                            .map("table "::concat),
                    Stream.of("sequence s", "procedure p", "procedure five"))
            .toList();

    public static OddScript on(TestServer server, String name) {
        return new OddScript(
                server,
                name,
                List.of("create table nothing (id int)"),
                List.of(),
                "",
                "",
                List.of(),
                ";",
                false,
                false,
                false);
    }

    public OddScript before(String... statements) {
        return new OddScript(
                server,
                name,
                List.of(statements),
                odd,
                deathbed,
                query,
                rows,
                delimiter,
                noTransaction,
                whole,
                isProved);
    }

    public OddScript of(String... statements) {
        return new OddScript(
                server,
                name,
                preparation,
                List.of(statements),
                deathbed,
                query,
                rows,
                delimiter,
                noTransaction,
                whole,
                isProved);
    }

    public OddScript and(String... statements) {
        return of(Stream.concat(odd.stream(), Stream.of(statements)).toArray(String[]::new));
    }

    public OddScript dyingAt(String text) {
        return new OddScript(
                server, name, preparation, odd, text, query, rows, delimiter, noTransaction, whole, isProved);
    }

    public OddScript leaving(String what, String... found) {
        return new OddScript(
                server,
                name,
                preparation,
                odd,
                deathbed,
                what,
                List.of(found),
                delimiter,
                noTransaction,
                whole,
                isProved);
    }

    public OddScript delimitedBy(String text) {
        return new OddScript(
                server, name, preparation, odd, deathbed, query, rows, text, noTransaction, whole, isProved);
    }

    public OddScript autoCommit() {
        return new OddScript(server, name, preparation, odd, deathbed, query, rows, delimiter, true, whole, isProved);
    }

    public OddScript sentWhole() {
        return new OddScript(
                server, name, preparation, odd, deathbed, query, rows, delimiter, noTransaction, true, isProved);
    }

    public OddScript proved() {
        return new OddScript(
                server, name, preparation, odd, deathbed, query, rows, delimiter, noTransaction, whole, true);
    }

    public void writeTo(TestRepository repository) {
        repository.script("1_before.sql", String.join(";\n", preparation) + ";\n");
        String head = (noTransaction ? "-- @NO_TRANSACTION\n" : "")
                + (delimiter.equals(";") ? "" : "-- @DELIMITER " + delimiter + "\n");
        repository.script("2_odd.sql", head + String.join(delimiter + "\n", odd) + delimiter + "\n");
        if (whole) {
            repository.environment("production", "send_full_script=true\n");
        }
    }

    public TestDatabase fresh() {
        return server.fresh();
    }

    /** What is left of it beside its databases would be seen by other tests. */
    public void end() {
        if (query.contains(SCHEMA)) {
            try (TestDatabase any = fresh()) {
                any.execute("drop schema if exists " + SCHEMA);
            }
        }
    }

    /** MariaDB's driver sends several statements in one call only where it is told to. */
    public DataSource dataSource(TestDatabase database) {
        return whole && server == TestServer.MARIADB
                ? new UrlDataSource(database.url() + "&allowMultiQueries=true", database.user(), database.password())
                : database.dataSource();
    }

    public void assertDone(TestDatabase database) {
        Assertions.assertEquals(rows, database.query(query), name + " on " + server);
    }

    /** As after revision 1. */
    public void takeBack(TestDatabase database) {
        for (String thing : THINGS) {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("drop " + thing);
            } catch (SQLException e) {
                // it is not there, or not on this database
            }
        }
        database.execute(preparation.toArray(String[]::new));
    }

    /** The first statements of the script, by somebody in one session of his own. */
    public void byHand(TestDatabase database, int statements) {
        database.execute(odd.subList(0, statements).toArray(String[]::new));
    }

    public int statements() {
        return odd.size();
    }

    @Override
    public String toString() {
        return server + ", " + name;
    }
}
