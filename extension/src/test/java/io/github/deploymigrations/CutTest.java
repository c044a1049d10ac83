package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.deploymigrations.testing.CutDataSource;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The connection breaks at every call of JDBC of a run, before the call and behind it: the next run ends with every script
 * applied exactly once, or with the one failure that a person's word settles.
 */
class CutTest {
    @TempDir
    private Path folder;

    private Migrations migrations(DataSource dataSource) {
        return Migrations.of(dataSource)
                .with("location", "file:" + folder)
                .with("connect-timeout", "5s")
                .with("retries", "0");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "PGBOUNCER", "MARIADB", "HSQLDB", "DERBY", "SQLITE"})
    void definitions_and_rows_are_applied_exactly_once_wherever_the_connection_is_cut(TestServer server) {
        new TestRepository(folder)
                .script("1_a.sql", """
                        -- // a
                        create table a (id int primary key, n int);
                        insert into a (id, n) values (1, 0);
                        create table b (id int primary key);
                        insert into b (id) values (1);
                        insert into b (id) values (2);
                        create index b_id on b (id, id);
                        """.replace("(id, id)", "(id)"))
                .script("2_rows.sql", "insert into a (id, n) values (2, 0);\nupdate a set n = n + 1;\n")
                .script(
                        "3_alter.sql",
                        "alter table a add column c int;\nupdate a set n = n + 1;\nupdate a set c = n;\n");
        Counts counts = everyPoint(server, List.of("1|2|2", "2|2|2"), "select id, n, c from a order by id");
        assertEquals(0, counts.settled, "every point is proved");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "HSQLDB"})
    void a_table_with_its_indexes_is_made_once_wherever_the_connection_is_cut(TestServer server) {
        new TestRepository(folder).script("1_a.sql", """
                create table a (id int primary key, n int);
                create index a_n on a (n);
                create unique index a_both on a (id, n);
                insert into a (id, n) values (1, 0);
                create table b (id int);
                create index b_id on b (id);
                alter table a add column c int;
                update a set n = n + 1;
                """);
        boolean dropNamesTable = server == TestServer.MARIADB;
        Counts counts = everyPoint(
                server,
                List.of("1|1|null"),
                "select id, n, c from a order by id",
                "drop index a_n" + (dropNamesTable ? " on a" : ""),
                "drop index a_both" + (dropNamesTable ? " on a" : ""),
                "drop index b_id" + (dropNamesTable ? " on b" : ""));
        assertEquals(0, counts.settled, "every point is proved");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "PGBOUNCER", "MARIADB", "SQLITE"})
    void rows_alone_are_inserted_exactly_once_wherever_the_connection_is_cut(TestServer server) {
        TestRepository repository = new TestRepository(folder).script("1_t.sql", "create table a (id int);\n");
        for (int script = 2; script <= 4; script++) {
            repository.script(script + "_r.sql", "insert into a values (" + script + ");\ninsert into a values (0);\n");
        }
        Counts counts = everyPoint(server, List.of("0", "0", "0", "2", "3", "4"), "select id from a order by id");
        assertEquals(0, counts.settled, "every point is proved");
    }

    /** How the points ended. */
    private static final class Counts {
        private int points;
        private int settled;
    }

    /** @param atLast what fails if something is not there */
    private Counts everyPoint(TestServer server, List<String> expected, String query, String... atLast) {
        assumeTrue(server.isWanted());
        Counts counts = new Counts();
        for (boolean afterwards : new boolean[] {false, true}) {
            boolean cut = true;
            for (int point = 1; cut; point++) {
                try (TestDatabase database = server.fresh()) {
                    CutDataSource dataSource = new CutDataSource(database.dataSource(), point, afterwards);
                    String where = server + ", call " + point + (afterwards ? " and its answer" : "");
                    try {
                        migrations(dataSource).migrate();
                    } catch (MigrationException e) {
                        assertTrue(dataSource.isCut(), where + ": " + e.getMessage());
                    }
                    cut = dataSource.isCut();
                    counts.points += cut ? 1 : 0;
                    counts.settled += again(database, where) ? 1 : 0;
                    assertEquals(expected, database.query(query), where);
                    assertEquals(expected.size(), database.query(query).size(), where);
                    assertEquals(
                            MigrationStatus.UP_TO_DATE,
                            migrations(database.dataSource()).status().status(),
                            where);
                    database.execute(atLast);
                }
            }
        }
        System.out.printf("%s: %d points, %d settled by a person%n", server, counts.points, counts.settled);
        return counts;
    }

    /** Runs again; returns whether a person had to settle something. */
    private boolean again(TestDatabase database, String where) {
        try {
            migrations(database.dataSource()).migrate();
            return false;
        } catch (MigrationException e) {
            assertEquals("MIGR-412", e.failure().explanation().code(), where + ": " + e.getMessage());
            String revision =
                    e.report().in(RevisionState.INTERRUPTED).get(0).id().toString();
            migrations(database.dataSource())
                    .with("resolve", revision + ":resume")
                    .migrate();
            return true;
        }
    }
}
