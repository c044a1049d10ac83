package io.github.deploymigrations.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import java.sql.Connection;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PostgresKindTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    14.22 | PostgreSQL 14.22 on x86_64-pc-linux-gnu, compiled by gcc, 64-bit | POSTGRESQL
                    16.1 (Debian 16.1-1.pgdg120+1) | PostgreSQL 16.1 (Debian 16.1-1.pgdg120+1) on x86_64 | POSTGRESQL
                    13.0.0 | CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu, built 2024/05/15, go1.22.2) | COCKROACHDB
                    13.0.0 | CockroachDB OSS v20.1.3 (x86_64-unknown-linux-gnu, built 2020/06/23) | COCKROACHDB
                    11.2-YB-2.20.1.0-b0 | PostgreSQL 11.2-YB-2.20.1.0-b0 on x86_64-pc-linux-gnu | YUGABYTEDB
                    15.2-YB-2025.1.0.0-b0 | PostgreSQL 15.2-YB-2025.1.0.0-b0 on aarch64-linux-gnu | YUGABYTEDB
                    """)
    void what_speaks_as_postgresql_is_told_apart(String version, String banner, Product product) {
        assertEquals(product, PostgresKind.of(version, banner));
    }

    @Test
    void the_real_one_is_the_real_one() throws Exception {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh();
                Connection connection = database.dataSource().getConnection()) {
            assertEquals(Product.POSTGRESQL, Product.of(connection));
        }
    }

    /** By their documentation an advisory lock keeps nobody off there, and a definition is in no transaction. */
    @ParameterizedTest
    @EnumSource(names = {"COCKROACHDB", "YUGABYTEDB"})
    void the_others_lock_a_row_and_define_alone(Product product) {
        assertEquals(Optional.empty(), product.advisoryLocking());
        assertEquals(RowLocking.NOWAIT, product.rowLocking());
        assertFalse(product.definesInTransactions());
        assertTrue(product.definesAlone());
        assertEquals("text", product.textType());
    }
}
