package io.github.deploymigrations.scripts;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndOfTransactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "commit",
                "COMMIT TRAN",
                "rollback tran;",
                "Rollback Transaction",
                "commit and no chain",
                "commit transaction and chain",
                "END",
                "COMMIT TRAN orders",
                "commit transaction @name",
                "rollback /* all */ tran /* of */ [my orders]",
                "prepare transaction 'a'",
                "PREPARE /* it */ TRANSACTION 'a;b';"
            })
    void it_is_one_also_behind_megabytes_of_comments(String end) {
        for (String comment : List.of("/*" + "* x\n".repeat(1_000_000) + "*/", "-- x\n".repeat(1_000_000))) {
            assertTrue(StatementScan.endsTransaction(comment + end));
            assertFalse(StatementScan.endsTransaction(comment + end + " x y"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rollback to a",
                "rollback transaction to a",
                "rollback work a",
                "commit prepared 'a'",
                "prepare a as select 1",
                "prepare transaction a",
                "end if",
                "endless",
                "committed",
                "abort_all()"
            })
    void what_only_begins_like_one_is_none(String sql) {
        assertFalse(StatementScan.endsTransaction(sql));
    }
}
