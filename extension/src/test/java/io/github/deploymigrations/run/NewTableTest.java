package io.github.deploymigrations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.database.Definition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewTableTest {
    private static NewTable madeBy(String sql) {
        return NewTable.of(Definition.of(sql).orElseThrow(), sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create table t (a int)             | create index ix on t (a)          | true",
                "create table t (a int)             | create unique index IX on t (a)   | true",
                "create table s.t (a int)           | create index ix on s.t (a)        | true",
                "create table s.t (a int)           | create index ix on t (a)          | false",
                "create table t (a int)             | create index ix on T (a)          | false",
                "create table t (a int, index ix (a)) | create index IX on t (a)         | false",
                "create table t (a int, index ix (a)) | create index `ix` on t (a)       | false",
                "create table t (a int unique)      | create index a on t (a)          | false",
                "create table t (like s)            | create index ix on t (a)         | false",
                "create table t (a int unique, unique (a)) | create index a_2 on t (a) | false",
                "create table t (a int)             | create index ix_2 on t (a)       | true",
                "create table t (a int primary key) | create index t_pkey on t (a)     | false",
                "create table t (a int primary key) | create index primary_key_8 on t (a) | false",
                "create table t (a int references b) | create index ix on t (a)         | false",
                "create table t (a int)             | drop index ix on t                | false",
                "create table t (a int)             | alter table t add column ix int   | false"
            })
    void an_index_of_which_nothing_was_said_is_not_there(String table, String index, boolean isKnown) {
        assertEquals(isKnown, madeBy(table).lacks(Definition.of(index).orElseThrow()));
    }

    @Test
    void an_index_that_was_made_may_be_there() {
        String index = "create index ix on t (a)";
        NewTable table = madeBy("create table t (a int)");

        assertTrue(table.lacks(Definition.of(index).orElseThrow()));
        assertFalse(table.with(index).lacks(Definition.of(index).orElseThrow()));
    }
}
