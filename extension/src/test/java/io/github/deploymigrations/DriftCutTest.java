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
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run that records the schema breaks at every call of JDBC: every script is applied exactly once all the same, and what
 * the broken run left is never taken for the work of a hand.
 */
class DriftCutTest {
    @TempDir
    private Path folder;

    private Migrations migrations(DataSource dataSource) {
        return Migrations.of(dataSource)
                .with("location", "file:" + folder)
                .with("connect-timeout", "5s")
                .with("retries", "0")
                .with("drift", "warn");
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
    void what_a_broken_run_left_is_nobodys_hand(TestServer server) {
        assumeTrue(server.isWanted());
        TestRepository repository = new TestRepository(folder);
        int points = 0;
        // every point is too long for each build: all of them with -Dtest.server
        int stride = server == TestServer.H2 || System.getProperty("test.server") != null ? 1 : 5;
        for (boolean afterwards : new boolean[] {false, true}) {
            boolean cut = true;
            for (int point = 1; cut; point += stride) {
                try (TestDatabase database = server.fresh()) {
                    String where = server + ", call " + point + (afterwards ? " and its answer" : "");
                    repository.table("1", "a");
                    migrations(database.dataSource()).migrate();
                    repository.script("2_b.sql", """
                                    create table b (id int primary key, n int);
                                    insert into b (id, n) values (1, 0);
                                    """).script("3_a.sql", "alter table a add n int;\n");
                    CutDataSource dataSource = new CutDataSource(database.dataSource(), point, afterwards);
                    try {
                        migrations(dataSource).migrate();
                    } catch (MigrationException e) {
                        assertTrue(dataSource.isCut(), where + ": " + e.getMessage());
                    }
                    cut = dataSource.isCut();
                    points += cut ? 1 : 0;
                    assertNoHand(migrations(database.dataSource()).status(), where);
                    assertNoHand(migrations(database.dataSource()).migrate(), where);
                    assertEquals(List.of("1"), database.query("select id from b order by id"), where);
                    assertEquals(List.of("1", "2", "3"), database.changelog(), where);
                    if (!cut) {
                        database.execute("alter table a drop column n");
                        assertEquals(
                                Optional.of(1),
                                migrations(database.dataSource())
                                        .status()
                                        .drift()
                                        .map(List::size),
                                "a hand is told from it");
                    }
                    repository.delete("3_a.sql").delete("2_b.sql");
                }
            }
        }
        System.out.printf("%s: %d points%n", server, points);
    }

    /** Nothing, or that nobody can tell. */
    private static void assertNoHand(MigrationReport report, String where) {
        assertEquals(List.of(), report.drift().orElse(List.of()), where);
        assertEquals(Optional.empty(), report.failure(), where);
    }
}
