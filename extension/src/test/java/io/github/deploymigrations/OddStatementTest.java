package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.CutDataSource;
import io.github.deploymigrations.testing.OddScript;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import io.github.deploymigrations.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts with odd statements whose process dies around the odd one: the next run ends with every script applied exactly
 * once, or refuses, and each of the three ways out works. It never goes on in the wrong place.
 */
class OddStatementTest {
    private static final String TWO = "create table a (id int, n int)";

    @TempDir
    private Path folder;

    private static Stream<OddScript> scripts() {
        return Stream.of(
                OddScript.on(TestServer.MARIADB, "last_insert_id of a row before a definition")
                        .before("create table p (id int primary key auto_increment, n int)", TWO)
                        .of("insert into p (n) values (7)", "alter table p add column d int")
                        .and("insert into a values (last_insert_id(), 0)")
                        .dyingAt("alter table p")
                        .leaving("select id from a", "1"),
                OddScript.on(TestServer.MARIADB, "last_insert_id in a table that is filled as it is made")
                        .before("create table p (id int primary key auto_increment, n int)", TWO)
                        .of("insert into p (n) values (7)", "alter table p add column d int")
                        .and("create table q as select last_insert_id() id")
                        .dyingAt("alter table p")
                        .leaving("select id from q", "1"),
                OddScript.on(TestServer.POSTGRESQL, "lastval in auto-commit")
                        .before("create table p (id serial, n int)", TWO)
                        .of("insert into p (n) values (7)", "alter table p add column d int")
                        .and("insert into a values (lastval(), 0)")
                        .autoCommit()
                        .dyingAt("alter table p")
                        .leaving("select id from a", "1"),
                OddScript.on(TestServer.POSTGRESQL, "currval in auto-commit")
                        .before("create sequence s", TWO)
                        .of("insert into a values (nextval('s'), 0)", "alter table a add column d int")
                        .and("insert into a values (currval('s'), 1)")
                        .autoCommit()
                        .dyingAt("alter table a")
                        .leaving("select id, n from a order by n", "1|0", "1|1"),
                OddScript.on(TestServer.H2, "currval of a sequence")
                        .before("create sequence s", TWO)
                        .of("insert into a values (next value for s, 0)", "alter table a add column d int")
                        .and("insert into a (id, n) values (current value for s, 1)")
                        .dyingAt("alter table a")
                        .leaving("select id, n from a order by n", "1|0", "1|1"),
                OddScript.on(TestServer.HSQLDB, "identity of the last row")
                        .before(
                                "create table p (id int generated always as identity (start with 1) primary key, n int)",
                                TWO)
                        .of("insert into p (n) values (7)", "alter table p add column d int")
                        .and("insert into a values (identity(), 0)")
                        .dyingAt("alter table p")
                        .leaving("select id from a", "1"),
                OddScript.on(TestServer.MARIADB, "a user variable by select into")
                        .of(TWO, "select 5 into   @x", "create table z (id int)", "insert into a values (@x, 0)")
                        .dyingAt("create table z")
                        .leaving("select id from a", "5"),
                OddScript.on(TestServer.MARIADB, "a user variable in odd quotes")
                        .of(TWO, "set @`x` := 5", "create table z (id int)", "insert into a values (@`x`, 0)")
                        .dyingAt("create table z")
                        .leaving("select id from a", "5"),
                OddScript.on(TestServer.H2, "a user variable")
                        .of(TWO, "set @x = 5", "create table z (id int)", "insert into a values (@x, 0)")
                        .dyingAt("create table z")
                        .leaving("select id from a", "5"),
                OddScript.on(TestServer.MARIADB, "settings in executable comments")
                        .before("create table p (id int primary key auto_increment)")
                        .of("/*!40101 SET sql_mode='NO_AUTO_VALUE_ON_ZERO' */", "create table z (id int)")
                        .and("insert into p values (0)")
                        .dyingAt("create table z")
                        .leaving("select id from p", "0"),
                OddScript.on(TestServer.MARIADB, "a definition in an executable comment")
                        .of(TWO, "insert into a values (1, 0)", "/*M! alter table a add column d int */")
                        .and("insert into a (id, d) values (2, 2)")
                        .dyingAt("alter table a")
                        .leaving("select id, d from a where d is not null", "2|2"),
                OddScript.on(TestServer.MARIADB, "a temporary table that replaces")
                        .of(TWO, "create or replace temporary table tmp (id int)", "insert into tmp values (1)")
                        .and("create table z (id int)", "insert into a select id, 0 from tmp")
                        .dyingAt("create table z")
                        .leaving("select id from a", "1"),
                OddScript.on(TestServer.MARIADB, "a temporary table in front of a table of its name")
                        .before("create table tmp (id int)", TWO)
                        .of("create temporary table tmp (id int)", "insert into tmp values (1)")
                        .and("create table z (id int)", "insert into a select id, 0 from tmp")
                        .dyingAt("create table z")
                        .leaving("select id from a", "1"),
                OddScript.on(TestServer.H2, "a cached local temporary table")
                        .before(TWO)
                        .of("create cached local temporary table tmp (id int)", "insert into tmp values (1)")
                        .and("create table z (id int)", "insert into a select id, 0 from tmp")
                        .dyingAt("create table z")
                        .leaving("select id from a", "1"),
                OddScript.on(TestServer.POSTGRESQL, "a table selected into a temporary one in auto-commit")
                        .before("create table tmp (id int)", TWO)
                        .of("select 1 as id into temp tmp", "create table z (id int)")
                        .and("insert into a select id, 0 from tmp")
                        .autoCommit()
                        .dyingAt("create table z")
                        .leaving("select id from a", "1"),
                OddScript.on(TestServer.MARIADB, "rows of a MyISAM table that the run has made")
                        .of("create table m (id int) engine='MyISAM'", "insert into m values (1)")
                        .and("insert into m values (2)")
                        .dyingAt("insert into m values (1)")
                        .leaving("select id from m order by id", "1", "2"),
                OddScript.on(TestServer.MARIADB, "rows of a MyISAM table that a script before has made in a comment")
                        .before("create table m (id int) /*!50000 engine = MyISAM */")
                        .of("insert into m values (1)", "insert into m values (2)")
                        .dyingAt("insert into m values (1)")
                        .leaving("select id from m order by id", "1", "2"),
                OddScript.on(TestServer.MARIADB, "rows of a MyISAM table in another schema")
                        .before(
                                "create or replace schema odd_schema",
                                "create table odd_schema.m (id int) engine=MyISAM")
                        .of("insert into odd_schema.m values (1)", "insert into odd_schema.m values (2)")
                        .dyingAt(".m values (1)")
                        .leaving("select id from odd_schema.m order by id", "1", "2"),
                OddScript.on(TestServer.MARIADB, "rows of a MyISAM table with versions")
                        .of("create table m (id int) engine=MyISAM with system versioning", "insert into m values (1)")
                        .and("insert into m values (2)")
                        .dyingAt("insert into m values (1)")
                        .leaving("select id from m order by id", "1", "2"),
                OddScript.on(TestServer.MARIADB, "rows with semicolons in their text between definitions")
                        .before("create table t (s varchar(9))", TWO)
                        .of("create table z (id int)", "insert into t values ('a;b')", "insert into t values ('c;')")
                        .and("alter table a add column d int")
                        .dyingAt("'a;b'")
                        .leaving("select s from t order by s", "a;b", "c;")
                        .proved(),
                OddScript.on(TestServer.H2, "an empty statement between definitions")
                        .before(TWO)
                        .of("create table z (id int)", "insert into a values (1, 0)", "/* nothing; yet */")
                        .and("alter table a add column d int")
                        .dyingAt("nothing")
                        .leaving("select id from a", "1")
                        .proved(),
                OddScript.on(TestServer.H2, "rows of a table with a column that is called engine")
                        .of("create table m (id int, engine varchar(9))", "insert into m values (1, 'V8')")
                        .and("insert into m values (2, 'V6')")
                        .dyingAt("insert into m values (1")
                        .leaving("select id from m order by id", "1", "2")
                        .proved(),
                OddScript.on(TestServer.MARIADB, "rows of a table with a column that is called engine")
                        .of("create table m (id int, engine varchar(9))", "insert into m values (1, 'V8')")
                        .and("insert into m values (2, 'V6')")
                        .dyingAt("insert into m values (1")
                        .leaving("select id from m order by id", "1", "2")
                        .proved(),
                OddScript.on(TestServer.H2, "backticks")
                        .of(TWO, "insert into a values (1, 0)", "alter table `A` add column `c` int")
                        .and("insert into a (id, n) values (2, 0)")
                        .dyingAt("alter table")
                        .leaving("select id from a order by id", "1", "2"),
                OddScript.on(TestServer.MARIADB, "backticks around odd names")
                        .of("create table `my t` (`a b` int)", "insert into `my t` values (1)")
                        .and("create index `i x` on `my t` (`a b`)", "insert into `my t` values (2)")
                        .dyingAt("create index")
                        .leaving("select `a b` from `my t` order by 1", "1", "2")
                        .proved(),
                OddScript.on(TestServer.H2, "a table that is filled as it is made")
                        .before("create table s (id int)", "insert into s values (1)")
                        .of("create table m as select id from s", "insert into m values (2)")
                        .dyingAt("create table m")
                        .leaving("select id from m order by id", "1", "2"),
                OddScript.on(TestServer.MARIADB, "a table with columns that is filled as it is made")
                        .before("create table s (id int)", "insert into s values (1)")
                        .of("create table m (id int) engine=InnoDB select id from s", "insert into m values (2)")
                        .dyingAt("create table m")
                        .leaving("select id from m order by id", "1", "2"),
                OddScript.on(TestServer.POSTGRESQL, "a table that is filled as it is made in auto-commit")
                        .before("create table s (id int)", "insert into s values (1)")
                        .of("create table m as select id from s", "insert into m values (2)")
                        .autoCommit()
                        .dyingAt("create table m")
                        .leaving("select id from m order by id", "1", "2"),
                OddScript.on(TestServer.POSTGRESQL, "an index made concurrently")
                        .before(TWO)
                        .of("insert into a values (1, 0)", "create index concurrently a_i on a (id)")
                        .and("insert into a values (2, 0)")
                        .autoCommit()
                        .dyingAt("concurrently")
                        .leaving("select id from a order by id", "1", "2"),
                OddScript.on(TestServer.POSTGRESQL, "an index made concurrently where scripts are sent whole")
                        .before(TWO)
                        .of("insert into a values (1, 0)", "create index concurrently a_i on a (id)")
                        .and("insert into a values (2, 0)")
                        .autoCommit()
                        .sentWhole()
                        .dyingAt("concurrently")
                        .leaving("select id from a order by id", "1", "2"),
                OddScript.on(TestServer.POSTGRESQL, "several statements in one call")
                        .of(TWO, "insert into a values (1, 0)", "create table z (id int)")
                        .and("insert into a values (2, 0)")
                        .sentWhole()
                        .dyingAt("insert into a values (1, 0)")
                        .leaving("select id from a order by id", "1", "2")
                        .proved(),
                OddScript.on(TestServer.POSTGRESQL, "a commit among several statements in one call")
                        .before(TWO)
                        .of("insert into a values (1, 0)", "commit", "insert into a values (2, 0)")
                        .sentWhole()
                        .dyingAt("insert into a values (1, 0)")
                        .leaving("select id from a order by id", "1", "2"),
                OddScript.on(TestServer.MARIADB, "several statements in one call")
                        .before("create table b (id int)")
                        .of(TWO, "insert into a values (1, 0)", "create table z (id int)")
                        .and("insert into a values (2, 0)")
                        .sentWhole()
                        .dyingAt("insert into a values (1, 0)")
                        .leaving("select id from a order by id", "1", "2"),
                OddScript.on(TestServer.H2, "several statements in one call")
                        .before("create table b (id int)")
                        .of(TWO, "insert into a values (1, 0)", "create table z (id int)")
                        .and("insert into a values (2, 0)")
                        .sentWhole()
                        .dyingAt("insert into a values (1, 0)")
                        .leaving("select id from a order by id", "1", "2"),
                OddScript.on(TestServer.MARIADB, "locked tables")
                        .before(TWO)
                        .of("lock tables a write", "insert into a values (1, 0)", "insert into a values (2, 0)")
                        .and("unlock tables", "insert into a values (3, 0)")
                        .dyingAt("insert into a values (1, 0)")
                        .leaving("select id from a order by id", "1", "2", "3"),
                OddScript.on(TestServer.MARIADB, "prepared statements")
                        .before(TWO)
                        .of("prepare s from 'insert into a values (?, 0)'", "alter table a add column d int default 0")
                        .and("drop prepare s", "insert into a values (2, 0, 0)")
                        .dyingAt("alter table a")
                        .leaving("select id from a", "2"),
                OddScript.on(TestServer.MARIADB, "a procedure that sets a variable")
                        .before(TWO)
                        .of("create procedure five() begin set @x = 5; end", "call five()", "create table z (id int)")
                        .and("insert into a values (@x, 0)")
                        .delimitedBy("//")
                        .dyingAt("create table z")
                        .leaving("select id from a", "5"),
                OddScript.on(TestServer.MARIADB, "a procedure that makes a temporary table")
                        .before(TWO, "create table tmp (id int)")
                        .of(
                                "create procedure five() begin create temporary table tmp as select 5 as id; end",
                                "call five()",
                                "create table z (id int)")
                        .and("insert into a select id, 0 from tmp")
                        .delimitedBy("//")
                        .dyingAt("create table z")
                        .leaving("select id from a", "5"),
                OddScript.on(TestServer.MARIADB, "a procedure")
                        .before(TWO)
                        .of(
                                "insert into a values (1, 0)",
                                "create procedure p() begin insert into a values (9, 9); end")
                        .and("insert into a values (2, 0)")
                        .delimitedBy("//")
                        .dyingAt("create procedure")
                        .leaving("select id from a order by id", "1", "2"),
                OddScript.on(TestServer.MARIADB, "a table that is emptied")
                        .before(TWO, "insert into a values (9, 0)")
                        .of("insert into a values (8, 0)", "truncate table a", "insert into a values (1, 0)")
                        .dyingAt("truncate")
                        .leaving("select id from a", "1"),
                OddScript.on(TestServer.H2, "a table that is emptied")
                        .before(TWO, "insert into a values (9, 0)")
                        .of("insert into a values (8, 0)", "truncate table a", "insert into a values (1, 0)")
                        .dyingAt("truncate")
                        .leaving("select id from a", "1"),
                OddScript.on(TestServer.MARIADB, "a table that is renamed")
                        .before(TWO)
                        .of("insert into a values (1, 0)", "rename table a to b", "insert into b values (2, 0)")
                        .dyingAt("rename")
                        .leaving("select id from b order by id", "1", "2"),
                OddScript.on(TestServer.H2, "rows by a sequence")
                        .before("create sequence s", TWO, "create table z (id int)")
                        .of("insert into z values (1)", "insert into a select next value for s, id from z")
                        .and("alter table a add column d int", "insert into z values (2)")
                        .dyingAt("insert into a select")
                        .leaving("select n, (select count(*) from z) from a", "1|2")
                        .proved(),
                OddScript.on(TestServer.MARIADB, "rows by a sequence")
                        .before("create sequence s", TWO, "create table z (id int)")
                        .of("insert into z values (1)", "insert into a select next value for s, id from z")
                        .and("alter table a add column d int", "insert into z values (2)")
                        .dyingAt("insert into a select")
                        .leaving("select n, (select count(*) from z) from a", "1|2")
                        .proved(),
                OddScript.on(TestServer.POSTGRESQL, "rows by a sequence")
                        .before("create sequence s", TWO, "create table z (id int)")
                        .of("insert into z values (1)", "insert into a select nextval('s'), id from z")
                        .and("alter table a add column d int", "insert into z values (2)")
                        .dyingAt("insert into a select")
                        .leaving("select n, (select count(*) from z) from a", "1|2")
                        .proved());
    }

    private Migrations migrations(DataSource dataSource) {
        return Migrations.of(dataSource)
                .with("location", "file:" + folder)
                .with("connect-timeout", "5s")
                .with("retries", "0");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void a_run_that_dies_around_an_odd_statement_is_ended_once_or_refused_with_three_ways_out(OddScript odd) {
        odd.writeTo(new TestRepository(folder));
        int call;
        try (TestDatabase database = odd.fresh()) {
            CutDataSource counting = new CutDataSource(odd.dataSource(database), 0, false);
            migrations(counting).migrate();
            odd.assertDone(database);
            call = counting.callOf(odd.deathbed());
        }
        int refused = 0;
        try {
            for (int point = call; point <= call + 2; point++) {
                for (boolean behind : new boolean[] {false, true}) {
                    refused += endsOnceOrRefuses(odd, call, point, behind) ? 0 : 1;
                }
            }
        } finally {
            odd.end();
        }
        assertTrue(refused == 0 || !odd.isProved(), odd + " is refused");
        System.out.printf("%s: refused at %d of 6 points%n", odd, refused);
    }

    /** Returns whether it ended by itself. */
    private boolean endsOnceOrRefuses(OddScript odd, int call, int point, boolean behind) {
        try (TestDatabase database = dead(odd, point, behind)) {
            try {
                migrations(odd.dataSource(database)).migrate();
                odd.assertDone(database);
                return true;
            } catch (MigrationException e) {
                assertEquals("MIGR-412", e.failure().explanation().code(), odd + ": " + e.getMessage());
                if (point == call) {
                    threeWaysOut(odd, point, behind, e.getMessage().contains("set something in its session"));
                }
                return false;
            }
        }
    }

    private void threeWaysOut(OddScript odd, int point, boolean behind, boolean ofItsSession) {
        try (TestDatabase database = dead(odd, point, behind)) {
            odd.takeBack(database);
            settle(odd, database, "pending");
        }
        try (TestDatabase database = dead(odd, point, behind)) {
            odd.takeBack(database);
            odd.byHand(database, odd.statements());
            settle(odd, database, "applied");
        }
        // what was set in a session is not there for the rest of the script
        if (!ofItsSession) {
            try (TestDatabase database = dead(odd, point, behind)) {
                int done = Integer.parseInt(database.query("select DONE from CHANGELOG_HISTORY order by ATTEMPT desc")
                        .get(0));
                odd.takeBack(database);
                odd.byHand(database, done);
                settle(odd, database, "resume");
            }
        }
    }

    private TestDatabase dead(OddScript odd, int point, boolean behind) {
        TestDatabase database = odd.fresh();
        CutDataSource dying = new CutDataSource(odd.dataSource(database), point, behind);
        try {
            migrations(dying).migrate();
        } catch (MigrationException e) {
            assertTrue(dying.isCut(), odd + ": " + e.getMessage());
        }
        return database;
    }

    private void settle(OddScript odd, TestDatabase database, String how) {
        Migrations settled = migrations(odd.dataSource(database)).with("resolve", "2:" + how);
        settled.migrate();
        odd.assertDone(database);
        assertEquals(MigrationStatus.UP_TO_DATE, settled.status().status());
        assertEquals(List.of("1", "2"), database.changelog(), how);
    }
}
