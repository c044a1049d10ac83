package io.github.deploymigrations.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementKindTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ROWS | insert into a values (1)",
                "ROWS | /* d */ (select 1)",
                "ROWS | insert into a select nextval('s') from b",
                "ROWS | insert into a values ('x', 'y')",
                "ROWS | insert into a values ('me@example.org')",
                "SESSION | insert into a values (@x)",
                "SESSION | select 1 into@x",
                "SESSION | insert into a values (1, @@identity)",
                "DEFINITION | create table a (id int generated always as identity (start with 1))",
                "DEFINITION | create table temp (id int)",
                "DEFINITION | create definer=root@localhost view v as select 1",
                "DEFINITION | create procedure p() set @x = 1",
                "DEFINITION | analyze table a",
                "DEFINITION | truncate table a",
                "DEFINITION | rename table a to b",
                "SESSION | set @x = 1",
                "SESSION | select 5 into   @x",
                "SESSION | select @`x`",
                "SESSION | insert into a values (last_insert_id())",
                "SESSION | insert into a values (current value for s)",
                "SESSION | insert into a values (previous value for s)",
                "SESSION | select get_lock('x', 1)",
                "SESSION | insert into a values (LastVal())",
                "SESSION | insert into a values (CURRVAL('s'))",
                "SESSION | insert into a select FOUND_ROWS()",
                "SESSION | insert into a select row_count()",
                "SESSION | select Release_Lock('x')",
                "SESSION | select SET_CONFIG('a.b', 'c', false)",
                "SESSION | select PG_ADVISORY_LOCK(1)",
                "SESSION | select pg_try_advisory_lock(1)",
                "SESSION | insert into a values (SCOPE_IDENTITY())",
                "SESSION | insert into a values (Identity())",
                "SESSION | insert into PG_TEMP.a values (1)",
                "SESSION | update a set n = (x := x + 1)",
                "SESSION | create table a as select IDENTITY()",
                "SESSION | create table a as select CurrVal('s')",
                "SESSION | create table a as select @x",
                "SESSION | create table a as select last_insert_id()",
                "SESSION | create or replace temporary table a (id int)",
                "SESSION | create /* so */ temporary table a (id int)",
                "SESSION | create cached local temporary table a (id int)",
                "SESSION | select 1 as id into temp a",
                "SESSION | drop prepare s",
                "SESSION | alter session set nls_language = french",
                "SESSION | call p()",
                "SESSION | /*!40101 SET NAMES utf8 */",
                "SESSION | /*M!100100 set @x = 4 */",
                "SESSION | insert into a values (1); set @x = 1",
                "SESSION | begin set @x = 1; end",
                "OTHER | /*!40000 alter table a disable keys */",
                "OTHER | insert into a values (1); insert into a values (2)",
                "OTHER | create procedure p() begin set @x = 1; end",
                "OTHER | analyze format=json select 1",
                "OTHER | alter system flush",
                "OTHER | vacuum",
                "OTHER | insert into a values ('x'';'); insert into a values (2)",
                "OTHER | insert into a values ('x\\'); insert into a values (';')",
                "OTHER | insert into a values ('x\\''); insert into a values (';')",
                "OTHER | insert into a values (q'[it's]'); insert into a values (';')",
                "OTHER | select 1--'; insert into a values (';')",
                "OTHER | select 1 /* it's /* */ ; delete from a",
                "OTHER | select 1 /*! ; */ ; delete from a",
                "OTHER | select $$'$$; delete from a where t = '",
                "OTHER | select 1; -- it is",
                "ROWS | insert into a values ('x; y', \"z;\", `n;`) /* ; */ -- ; and",
                "ROWS | insert into a values ('x''; y')",
                "ROWS | insert into a values ('c:\\x; y')",
                "DEFINITION | create table a (t varchar(9) default ';')",
                "ROWS | /* nothing; yet */",
                "ROWS | ~;~",
                "ROWS | ~~"
            })
    void the_kind_of_a_statement_is_what_its_first_words_say_unless_something_odd_is_in_it(
            StatementKind kind, String sql) {
        assertEquals(kind, StatementKind.of(sql), sql);
    }

    @Test
    void comments_of_mariadb_are_comments() {
        assertEquals(StatementKind.ROWS, StatementKind.of("# it's\ninsert into a values (1)"));
        assertEquals(StatementKind.SESSION, StatementKind.of("# it's\n# another\nset @x = 1"));
        assertEquals(StatementKind.ROWS, StatementKind.of("# nothing\n"));
        assertEquals(StatementKind.SESSION, StatementKind.of("# it's\n/*!40101 set names utf8 */"));
        assertEquals(StatementKind.OTHER, StatementKind.of("select 1 # it's\n; insert into a values (';')"));
        assertEquals(StatementKind.ROWS, StatementKind.of("select 1 -- it's; so\n from a"));
    }

    @Test
    void a_statement_behind_ten_thousand_lines_of_comments_is_understood() {
        String comments = "-- line\n\n  /* another */\n".repeat(10_000);
        assertEquals(StatementKind.SESSION, StatementKind.of(comments + "set @x = 1"));
        assertEquals(StatementKind.DEFINITION, StatementKind.of(comments + "create table a (id int)"));
        assertEquals(
                "a",
                Definition.of(comments + "create table a (id int)")
                        .orElseThrow()
                        .effect()
                        .table());
    }
}
