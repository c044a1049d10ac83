package io.github.deploymigrations.scripts;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndOfTransactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"commit", "COMMIT TRAN", "rollback tran;", "Rollback Transaction", "commit and no chain", "END"})
    void it_is_one_also_behind_megabytes_of_comments(String end) {
        for (String comment : List.of("/*" + "* x\n".repeat(1_000_000) + "*/", "-- x\n".repeat(1_000_000))) {
            assertTrue(StatementScan.endsTransaction(comment + end));
            assertFalse(StatementScan.endsTransaction(comment + end + " x"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollback to a", "commit prepared 'a'", "end if", "endless", "committed", "abort_all()"})
    void what_only_begins_like_one_is_none(String sql) {
        assertFalse(StatementScan.endsTransaction(sql));
    }
}
