package io.github.deploymigrations.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.testing.Draw;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ibatis.migration.MigrationReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in a script: lines that MyBatis' own reader is spared mean what they mean to it, and to the definitions. */
class PlainLinesPropertyTest {
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
    private static final Pattern UNDO = Pattern.compile("(?s)[ \\t]*(?:--|//)[ \\t]*//[ \\t]*@UNDO.*");

    private static String soup(Draw draw) {
        String end = draw.of("\n", "\n", "\r\n", "\r\n", "\r");
        String[] pieces = {
            end,
            end,
            end,
            end,
            end,
            "\n",
            "\r",
            "$",
            "{",
            "}",
            "${v}",
            "${w}",
            "${",
            "$$",
            "@",
            "-- //@UNDO",
            "// // @UNDO x",
            "-- @NO_TRANSACTION",
            "--",
            "//",
            "-",
            "/",
            " ",
            "\t",
            "\u00a0",
            "\u3000",
            "insert into a values (1);",
            "x",
            "1",
            ";",
            "日",
            "\uD83D\uDE00",
            "x".repeat(700),
            "y".repeat(1023),
            "z".repeat(9000)
        };
        return draw.text(0, draw.of(5, 20, 60), pieces);
    }

    private static Properties variables(Draw draw) {
        Properties variables = new Properties();
        variables.setProperty("v", draw.of("", "value", "two\nlines", "${w}"));
        return variables;
    }

    /** Up to the end of the line that ends the up part: what MyBatis does behind it depends on where its buffer ends (3.5.0). */
    private static String upToMark(String text) {
        int begin = 0;
        Matcher end = LINE_END.matcher(text);
        while (end.find()) {
            if (UNDO.matcher(text.substring(begin, end.start())).matches()) {
                return text.substring(0, end.end());
            }
            begin = end.end();
        }
        return text;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ScriptReader reader(String text, boolean undo, Properties variables) {
        return new ScriptReader(new ByteArrayInputStream(bytes(text)), StandardCharsets.UTF_8, undo, variables, true);
    }

    private static String read(Reader reader, int most) throws IOException {
        StringBuilder text = new StringBuilder();
        char[] block = new char[most];
        for (int count = reader.read(block); count >= 0; count = reader.read(block)) {
            text.append(block, 0, count);
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#all")
    void a_part_is_what_mybatis_reads(Draw draw) {
        boolean undo = draw.percent(50);
        String drawn = soup(draw);
        String text = undo ? drawn : upToMark(drawn);
        Properties variables = variables(draw);
        int most = draw.of(1, 2, 7, 1024, 8192, 8192);
        draw.check(shown(text) + (undo ? " undo part" : " up part"), () -> {
            InputStream file = new ByteArrayInputStream(bytes(text));
            try (Reader theirs = new MigrationReader(file, "UTF-8", undo, variables);
                    Reader ours = reader(text, undo, variables)) {
                assertEquals(read(theirs, 8192), read(ours, most));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#all")
    void the_checksum_is_that_of_the_definition(Draw draw) {
        boolean undo = draw.percent(50);
        String text = soup(draw);
        Properties variables = variables(draw);
        draw.check(shown(text) + (undo ? " undo part" : " up part"), () -> {
            try (ScriptReader script = reader(text, undo, variables)) {
                read(script, 8192);
                assertEquals(checksum(text, undo), script.checksum());
            }
        });
    }

    private static String checksum(String text, boolean undo) throws Exception {
        List<String> part = new ArrayList<>();
        boolean inUndo = false;
        for (String line : LINE_END.split(text, -1)) {
            boolean mark = !inUndo && UNDO.matcher(line.stripTrailing()).matches();
            inUndo |= mark;
            if (inUndo == undo && !mark) {
                part.add(line.stripTrailing());
            }
        }
        while (!part.isEmpty() && part.get(part.size() - 1).isEmpty()) {
            part.remove(part.size() - 1);
        }
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        part.forEach(line -> hash.update(bytes(line + "\n")));
        return "sha256:" + HexFormat.of().formatHex(hash.digest());
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#all")
    void a_piece_has_no_comments_around_it(Draw draw) {
        String text = soup(draw);
        draw.check(shown(text), () -> assertEquals(piece(text.lines().toList()), ScriptPiece.of(7, text)));
    }

    private static ScriptPiece piece(List<String> lines) {
        int begin = 0;
        while (begin < lines.size() && isComment(lines.get(begin))) {
            begin++;
        }
        int end = lines.size();
        while (end > begin && isComment(lines.get(end - 1))) {
            end--;
        }
        return begin == lines.size() && begin > 0
                ? new ScriptPiece(7 + begin - 1, lines.get(begin - 1))
                : new ScriptPiece(7 + begin, String.join("\n", lines.subList(begin, end)));
    }

    private static boolean isComment(String line) {
        String trimmed = line.trim();
        return trimmed.isEmpty() || trimmed.startsWith("--") || trimmed.startsWith("//");
    }

    private static String shown(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n").replaceAll("(.)\\1{99,}", "<$1 many times>");
    }
}
