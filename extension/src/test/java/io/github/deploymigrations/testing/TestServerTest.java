package io.github.deploymigrations.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestServerTest {

    @ParameterizedTest
    @EnumSource
    void each_test_has_an_empty_database(TestServer server) {
        for (int i = 0; i < 2; i++) {
            try (TestDatabase database = server.fresh()) {
                database.execute("create table T (ID int)", "insert into T values (7)");
                assertEquals(List.of("7"), database.query("select ID from T"));
            }
        }
    }
}
