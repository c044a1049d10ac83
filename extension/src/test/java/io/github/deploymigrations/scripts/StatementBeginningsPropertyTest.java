package io.github.deploymigrations.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.database.StatementKind;
import io.github.deploymigrations.testing.Draw;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a statement begins: a cheap look at its first word says what the regular expression says. */
class StatementBeginningsPropertyTest {
    private static String beginning(Draw draw) {
        String[] blanks = {
            " ", " ", "\n", "\t", "\r", "\f", "\u000b", "\u00a0", "\u3000", "\u001c", "", "-- c\n", "/* c */"
        };
        String[] words = {
            "commit",
            "rollback",
            "work",
            "transaction",
            "end",
            "abort",
            "prepare",
            "'a'",
            "and",
            "chain",
            "delimiter",
            "go",
            "g",
            "/",
            "\\",
            "\\copy",
            "insert",
            "update",
            "delete",
            "merge",
            "replace",
            "truncate",
            "comment",
            "rename",
            "create",
            "alter",
            "drop",
            "table",
            "index",
            "schema",
            "database",
            "role",
            "user",
            "group",
            "unique",
            "view",
            "\u0131nsert",
            "\u017fchema",
            "1",
            "_",
            "é",
            ";",
            "(",
            "--",
            "/*",
            "*/",
            "日"
        };
        StringBuilder text = new StringBuilder();
        for (int count = draw.number(0, 4); count > 0; count--) {
            String word = draw.of(words);
            text.append(draw.text(0, 2, blanks)).append(draw.percent(30) ? word.toUpperCase(Locale.ROOT) : word);
        }
        return text + draw.text(0, 2, blanks);
    }

    private static void check(Draw draw, Consumer<String> same) {
        for (int count = 0; count < 20; count++) {
            String sql = beginning(draw);
            draw.check(sql, () -> same.accept(sql));
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#all")
    void a_comment_has_nothing_but_comment_lines(Draw draw) {
        check(
                draw,
                sql -> assertEquals(
                        sql.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.startsWith("--")),
                        StatementScan.isComment(sql)));
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#all")
    void an_end_of_a_transaction_is_one(Draw draw) {
        check(
                draw,
                sql -> assertEquals(
                        StatementScan.OWN_COMMIT.matcher(sql).matches(), StatementScan.endsTransaction(sql)));
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#all")
    void a_command_of_a_client_is_one(Draw draw) {
        check(
                draw,
                sql -> assertEquals(
                        ClientCommand.FIRST.matcher(sql).lookingAt(),
                        ClientCommand.beginning(sql).isPresent()));
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#all")
    void what_leaves_the_session_alone_does(Draw draw) {
        check(draw, sql -> {
            Plainness plainness = new Plainness();
            plainness.add(sql, StatementKind.ROWS);
            assertEquals(Plainness.PLAIN.matcher(sql).lookingAt(), plainness.isPlain());
        });
    }
}
