package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.ChildProcess;
import io.github.deploymigrations.testing.CutDataSource;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that migrates is killed by SIGKILL at a call of JDBC, before the call or behind it: the next run ends with
 * every script applied exactly once, or with the one failure that a person's word settles.
 *
 * <p>A few points are drawn for each database; {@code -Dkill.seed} draws others, {@code -Dkill.points=all} tries every
 * point, which takes many minutes, and any number as many. A file of H2 whose process was killed opens again only after
 * seconds, so that it gets fewer.
 */
class KillTest {
    private static final List<String> ROWS = List.of("1|2|2", "2|2|2", "3|1|1", "4|1|1", "5|1|1");
    private static final long SEED = Long.getLong("kill.seed", 1);

    @TempDir
    private Path folder;

    private Path go;

    @BeforeEach
    void scripts() throws Exception {
        go = Files.createFile(folder.resolve("go"));
        new TestRepository(folder)
                .script("1_mixed.sql", """
                        -- // definitions and rows
                        create table a (id int, n int);
                        insert into a (id, n) values (1, 0);
                        create index a_id on a (id);
                        insert into a (id, n) values (2, 0);
                        """)
                .script("2_rows.sql", "update a set n = n + 1;\ninsert into a values (3, 0);\n")
                .script("3_view.sql", """
                        insert into a values (4, 0);
                        create view v as select id from a;
                        insert into a values (5, 0);
                        """)
                .script("4_alter.sql", """
                        alter table a add column c int;
                        update a set n = n + 1;
                        update a set c = n;
                        """);
    }

    /** A call of JDBC, and whether the process dies before or behind it. */
    private record Point(int call, boolean behind) {}

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "PGBOUNCER", "MARIADB", "H2_FILE", "SQLITE"})
    void every_script_is_applied_exactly_once_whenever_the_process_is_killed(TestServer server) {
        List<Point> points = points(server);
        int settled = 0;
        for (Point point : points) {
            try (TestDatabase database = server.fresh()) {
                String where = server + ", " + point + ", kill.seed=" + SEED;
                kill(database, point);
                settled += again(database, point, where) ? 1 : 0;
                assertEquals(ROWS, database.query("select id, n, c from a order by id"), where);
                assertEquals(List.of("5"), database.query("select count(*) from v"), where);
                assertEquals(List.of("1", "2", "3", "4"), database.changelog(), where);
                assertEquals(
                        MigrationStatus.UP_TO_DATE,
                        migrations(database.dataSource()).status().status(),
                        where);
            }
        }
        System.out.printf(
                "%s: killed at %d points, %d recovered by themselves, %d settled by a person (kill.seed=%d)%n",
                server, points.size(), points.size() - settled, settled, SEED);
        assertTrue(settled == 0 || !server.hasTransactionalDdl(), "nothing is in doubt on " + server);
    }

    private Migrations migrations(DataSource dataSource) {
        return Migrations.of(dataSource).with("location", "file:" + folder);
    }

    private List<Point> points(TestServer server) {
        CutDataSource counting;
        try (TestDatabase database = server.fresh()) {
            counting = new CutDataSource(database.dataSource(), 0, false);
            migrations(counting).migrate();
        }
        List<Point> points = new ArrayList<>();
        for (int call = 1; call <= counting.calls(); call++) {
            points.add(new Point(call, false));
            points.add(new Point(call, true));
        }
        String wanted = System.getProperty("kill.points", server == TestServer.H2_FILE ? "3" : "8");
        if (wanted.equals("all")) {
            return points;
        }
        Collections.shuffle(points, new Random(SEED));
        return points.subList(0, Math.min(points.size(), Integer.parseInt(wanted)));
    }

    private void kill(TestDatabase database, Point point) {
        try (ChildProcess child = ChildProcess.start(
                RunningProcess.class,
                database.url(),
                database.user(),
                database.password(),
                "file:" + folder,
                go.toString(),
                String.valueOf(point.call()),
                String.valueOf(point.behind()))) {
            child.awaitLine("at the point");
            child.kill();
        }
    }

    /** Runs again; returns whether a person had to settle something. */
    private boolean again(TestDatabase database, Point point, String where) {
        try {
            migrations(database.dataSource()).migrate();
            return false;
        } catch (MigrationException e) {
            assertEquals("MIGR-412", e.failure().explanation().code(), where + ": " + e.getMessage());
            assertEquals(
                    "3",
                    e.report().in(RevisionState.INTERRUPTED).get(0).id().toString(),
                    "only the view cannot be proved: " + where);
            migrations(database.dataSource())
                    .with("resolve", "3:" + settle(database, point))
                    .migrate();
            return true;
        }
    }

    /** Each of the three ways, as a person would go it. */
    private static String settle(TestDatabase database, Point point) {
        database.execute("drop view if exists v");
        if (point.call() % 3 == 0) {
            return "resume";
        }
        database.execute("delete from a where id > 3");
        if (point.call() % 3 == 1) {
            return "pending";
        }
        database.execute(
                "insert into a values (4, 0)", "create view v as select id from a", "insert into a values (5, 0)");
        return "applied";
    }
}
