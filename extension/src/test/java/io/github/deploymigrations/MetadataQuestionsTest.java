package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestRepository;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often H2 is asked whether an index is there, before a script makes it: H2 itself counts what it is asked. */
class MetadataQuestionsTest {
    private static final String ASKED =
            "select coalesce(sum(EXECUTION_COUNT), 0) from INFORMATION_SCHEMA.QUERY_STATISTICS"
                    + " where SQL_STATEMENT like '%DB_OBJECT_ID(''INDEX''%'";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create table t (a int);                                                | 0",
                "create table t (a int); create index i1 on t (a); create index i2 on t (a); | 0",
                "create table t (a int); alter table t add column b int;                | 1",
                "create table t (a int); insert into t values (1);                      | 1",
                "create table t (a int); create table u (a int);                        | 1",
                "create table t (a int); drop table t; create table t (a int);          | 0",
                "create table t (a int); create view v as select * from t;              | 1",
                "create table s (a int); create table if not exists s (a int); create table t (a int); | 0"
            })
    void only_right_behind_its_table_nobody_asks_for_an_index(String before, String questions) {
        String script = before.replace("; ", ";\n") + "\ncreate index ix on t (a);\n";

        assertEquals(List.of(questions), asked(new TestRepository(folder).script("1_a.sql", script)));
    }

    @Test
    void the_next_script_knows_nothing_of_the_one_before() {
        TestRepository repository = new TestRepository(folder)
                .script("1_a.sql", "create table t (a int);\n")
                .script("2_b.sql", "create index ix on t (a);\n");

        assertEquals(List.of("1"), asked(repository));
    }

    private static List<String> asked(TestRepository repository) {
        try (TestDatabase database = new TestDatabase()) {
            database.execute("SET QUERY_STATISTICS TRUE");
            Migrations.of(database.dataSource())
                    .with("location", repository.location())
                    .migrate();
            return database.query(ASKED);
        }
    }
}
