package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.deploymigrations.testing.CutDataSource;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The connection breaks at every call of JDBC of an undo, before the call and behind it: the next undo ends with every
 * statement of the undo parts done exactly once, and a deployment goes on only with revisions that are wholly applied or
 * wholly undone.
 */
class UndoCutTest {
    private TestRepository repository;
    private String transaction = "script";
    private int points;
    private int refused;

    @BeforeEach
    void repository(@TempDir Path folder) {
        repository = new TestRepository(folder)
                .script("1_a.sql", """
                        create table a (id int primary key, n int);
                        insert into a (id, n) values (1, 0);
                        """)
                .script("2_b.sql", """
                        create table b (id int primary key);
                        insert into a (id, n) values (2, 0);
                        -- //@UNDO
                        delete from a where id = 2;
                        update a set n = n + 1;
                        drop table b;
                        update a set n = n + 10;
                        """)
                .script("3_c.sql", """
                        alter table a add column c int;
                        -- //@UNDO
                        update a set n = n + 100;
                        alter table a drop column c;
                        """);
    }

    private Migrations migrations(DataSource dataSource) {
        return Migrations.of(dataSource)
                .with("location", repository.location())
                .with("connect-timeout", "5s")
                .with("transaction", transaction)
                .with("retries", "0");
    }

    /** What is looked at after an undo that was cut. */
    private interface Check {
        void on(TestDatabase database, String where);
    }

    private void everyPoint(TestServer server, Check check) {
        assumeTrue(server.isWanted());
        for (boolean afterwards : new boolean[] {false, true}) {
            boolean cut = true;
            for (int point = 1; cut; point++) {
                try (TestDatabase database = server.fresh()) {
                    migrations(database.dataSource()).migrate();
                    CutDataSource dataSource = new CutDataSource(database.dataSource(), point, afterwards);
                    String where = server + ", call " + point + (afterwards ? " and its answer" : "");
                    try {
                        migrations(dataSource).undoTo("1");
                    } catch (MigrationException e) {
                        assertTrue(dataSource.isCut(), where + ": " + e.getMessage());
                    }
                    cut = dataSource.isCut();
                    points += cut ? 1 : 0;
                    check.on(database, where);
                }
            }
        }
        System.out.printf("%s: %d points, %d refused%n", server, points, refused);
        assertTrue(points > 20, "points: " + points);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "SQLITE"})
    void the_next_undo_does_the_rest_and_nothing_twice(TestServer server) {
        everyPoint(server, (database, where) -> {
            migrations(database.dataSource()).undoTo("1");
            assertEquals(List.of("1"), database.changelog(), where);
            assertEquals(List.of("1|111"), database.query("select * from a"), where);
            MigrationReport report = migrations(database.dataSource()).migrate();
            assertEquals(MigrationStatus.UP_TO_DATE, report.status(), where);
            assertEquals(
                    List.of("2", "3"),
                    report.appliedNow().keySet().stream()
                            .map(RevisionId::toString)
                            .toList(),
                    where);
        });
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "SQLITE"})
    void an_older_release_does_the_rest_by_what_the_history_keeps(TestServer server) {
        String two = text("2_b.sql");
        String three = text("3_c.sql");
        everyPoint(server, (database, where) -> {
            repository.delete("2_b.sql").delete("3_c.sql");
            migrations(database.dataSource())
                    .with("newer", "undo")
                    .with("allow-undo", "true")
                    .migrate();
            assertEquals(List.of("1"), database.changelog(), where);
            assertEquals(List.of("1|111"), database.query("select * from a"), where);
            repository.script("2_b.sql", two).script("3_c.sql", three);
        });
    }

    private String text(String script) {
        try {
            return Files.readString(repository.folder().resolve("scripts").resolve(script));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "SQLITE"})
    void a_deployment_refuses_a_revision_that_is_half_undone_and_applies_what_is_undone(TestServer server) {
        everyPoint(server, (database, where) -> {
            try {
                migrations(database.dataSource()).migrate();
            } catch (MigrationException e) {
                refused++;
                assertEquals("MIGR-428", e.failure().explanation().code(), where + ": " + e.getMessage());
                RevisionId half =
                        e.report().in(RevisionState.INTERRUPTED).get(0).id();
                migrations(database.dataSource())
                        .with("resolve", half + ":resume")
                        .migrate();
            }
            assertEquals(List.of("1", "2", "3"), database.changelog(), where);
            assertTrue(
                    Set.of("0", "100", "111")
                            .containsAll(database.query("select n from a where id = 1 and (c is null or c = 0)")),
                    where + ": " + database.query("select n from a"));
            assertEquals(List.of(), database.query("select id from b"), where);
        });
        assertEquals(server.hasTransactionalDdl(), refused == 0, "refused: " + refused);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL"})
    void in_one_transaction_all_is_undone_or_nothing(TestServer server) {
        transaction = "deployment";
        everyPoint(server, (database, where) -> {
            List<String> found = database.changelog();
            assertTrue(Set.of(List.of("1"), List.of("1", "2", "3")).contains(found), where + ": " + found);
            assertEquals(
                    found.size() == 1 ? List.of("1|111") : List.of("1|0", "2|0"),
                    database.query("select id, n from a order by id"),
                    where);
        });
    }
}
