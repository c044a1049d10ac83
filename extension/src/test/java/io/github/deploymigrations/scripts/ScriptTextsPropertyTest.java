package io.github.deploymigrations.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.deploymigrations.testing.Draw;
import io.github.deploymigrations.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ibatis.migration.Environment;
import org.apache.ibatis.migration.MigrationReader;
import org.apache.ibatis.migration.operations.ScriptRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in scripts: what is found in them beforehand is what MyBatis sends to the database. */
class ScriptTextsPropertyTest {
    private static final Pattern UNDO = Pattern.compile("[ \\t]*(--|//)[ \\t]*//[ \\t]*@UNDO.*");

    private static final Pattern DELIMITER =
            Pattern.compile("(?:--|//)\\s*(?://)?\\s*@DELIMITER\\s+(\\S+).*", Pattern.CASE_INSENSITIVE);

    private static TestDatabase database;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        database = new TestDatabase();
    }

    @AfterAll
    static void end() {
        database.close();
    }

    /** The lines of a script, and what ends each; the last has an end only if it is not empty. */
    private record Text(boolean mark, List<String> lines, List<String> ends) {
        static Text of(Draw draw) {
            List<String> lines = new ArrayList<>();
            for (int count = draw.number(0, 20); count > 0; count--) {
                lines.add(line(draw));
            }
            return new Text(draw.percent(20), lines, ends(draw, lines));
        }

        /** An empty line between CR and LF would be none. */
        static List<String> ends(Draw draw, List<String> lines) {
            String usual = draw.of("\n", "\r\n", "\r", "");
            List<String> ends = new ArrayList<>();
            for (int index = 0; index < lines.size(); index++) {
                String end = usual.isEmpty() ? draw.of("\n", "\r\n", "\r") : usual;
                boolean behindCr = index > 0 && ends.get(index - 1).equals("\r");
                ends.add(behindCr && lines.get(index).isEmpty() && end.equals("\n") ? "\r\n" : end);
            }
            if (!ends.isEmpty() && draw.percent(30)) {
                ends.set(ends.size() - 1, "");
            }
            return ends;
        }

        byte[] bytes() {
            return ((mark ? "\uFEFF" : "") + this).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return part(lines.size());
        }

        String part(int count) {
            StringBuilder text = new StringBuilder();
            for (int index = 0; index < count; index++) {
                text.append(lines.get(index)).append(ends.get(index));
            }
            return text.toString();
        }

        /** How many lines are before the undo part. */
        int up() {
            int up = 0;
            while (up < lines.size() && !UNDO.matcher(lines.get(up)).matches()) {
                up++;
            }
            return up;
        }
    }

    private static String line(Draw draw) {
        return switch (draw.number(0, 9)) {
            case 0 -> draw.of("", "", " ", "\t", "\u3000", "\u0001");
            case 1 ->
                draw.of("", "", "  ", "\t", "\u00a0", "\u3000", "\u0001")
                        + draw.of("--", "//", "-- //", "--//", "-", "/", "---", "////", "-- x; y", "// $$ ;");
            case 2 ->
                draw.of("--", "//", "-- //", "")
                        + draw.of(" ", "", "\t")
                        + draw.of("@DELIMITER", "@delimiter", "@X")
                        + draw.of(" ", "", "  ")
                        + draw.of("$$", ";", "go", "!", "/", "");
            case 3 -> draw.of("$$", ";", "go", "/", " ; ", ";;", "END;$$");
            case 4 ->
                draw.percent(30)
                        ? draw.of("", " ")
                                + draw.of("--", "//", "-")
                                + draw.of("", " ")
                                + draw.of("//", "/", "")
                                + draw.of("", " ", "\t")
                                + draw.of("@UNDO", "@UNDO x", "@undo", "@UN")
                        : draw.of("-- @NO_TRANSACTION", "commit;", "${v}", "insert into ${v} values (1);");
            default ->
                draw.text(
                        1,
                        5,
                        "select 1",
                        ";",
                        " ",
                        "'a;b'",
                        "-- c",
                        "/* ; */",
                        "$$",
                        "\t",
                        "${v}",
                        "${x}",
                        "\"q\"",
                        "日",
                        "\uD83D\uDE00",
                        "go",
                        "BEGIN",
                        "END",
                        ";  ",
                        "x".repeat(9000));
        };
    }

    private Environment environment(Draw draw, String value) throws IOException {
        String delimiter = draw.of(";", ";", ";", "$$", "go");
        Path file = Files.writeString(
                folder.resolve("e.properties"),
                "delimiter=" + delimiter + "\nfull_line_delimiter=" + draw.percent(20) + "\nsend_full_script="
                        + draw.percent(10) + "\nv=" + value + "\n");
        return new Environment(file.toFile());
    }

    /** What goes to the database, the lines that it begins on where they count, and whether the text ends well. */
    private record Heard(List<String> statements, boolean terminated) {}

    private static ScriptReader reader(byte[] file, Properties variables) {
        return new ScriptReader(new ByteArrayInputStream(file), StandardCharsets.UTF_8, false, variables, true);
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#all")
    void the_statements_found_are_those_that_mybatis_executes(Draw draw) throws Exception {
        Text text = Text.of(draw);
        Environment environment = environment(draw, draw.of("t", "two\\nlines", "a;b", ""));
        draw.check(shown(text, environment), () -> {
            List<ScriptPiece> pieces = new ArrayList<>();
            Heard ours;
            try (ScriptReader script = reader(text.bytes(), environment.getVariables())) {
                List<String> found = new ArrayList<>();
                boolean terminated = StatementScan.run(script, environment, environment.isSendFullScript(), sql -> {
                    found.add(sql);
                    pieces.add(script.take());
                });
                ours = new Heard(found, terminated);
            }
            assertEquals(executed(text.part(Math.min(text.up() + 1, text.lines().size())), environment), ours);
            List<Integer> lines = pieces.stream().map(ScriptPiece::line).toList();
            assertEquals(
                    environment.isSendFullScript() ? lines : firstLines(text, environment),
                    lines,
                    () -> "the lines of " + escaped(pieces.toString()));
        });
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#all")
    void what_is_kept_of_a_small_script_has_the_checksums_of_one_that_is_read(Draw draw) throws Exception {
        Text text = Text.of(draw);
        Environment environment = environment(draw, draw.of("t", "two\\nlines", "a;b", ""));
        draw.check(shown(text, environment), () -> {
            List<String> expected = new ArrayList<>();
            PlainStatements kept = new PlainStatements(text.bytes(), StandardCharsets.UTF_8);
            try (ScriptReader script = reader(text.bytes(), environment.getVariables())) {
                StatementScan.run(script, environment, false, sql -> {
                    expected.add(sql + script.checksum());
                    kept.add(sql, script.line());
                });
            }
            List<String> found = new ArrayList<>();
            for (int number = 1; number <= kept.size(); number++) {
                found.add(kept.sql(number) + kept.checksumUpTo(number));
            }
            assertEquals(expected, found);
        });
    }

    /**
     * What MyBatis' own reader and runner execute, on a real connection which then does something else instead.
     *
     * @param text without what follows the undo mark, whose last line MyBatis 3.5.0 executes, too, if it is the first of its 8192
     *     characters and has no end
     */
    private static Heard executed(String text, Environment environment) throws SQLException {
        List<String> statements = new ArrayList<>();
        InputStream file = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try (Connection connection = database.dataSource().getConnection();
                Reader reader = new MigrationReader(file, "UTF-8", false, environment.getVariables())) {
            ScriptRunner runner = new ScriptRunner(recording(connection, statements::add));
            runner.setLogWriter(null);
            runner.setErrorLogWriter(null);
            runner.setStopOnError(true);
            runner.setEscapeProcessing(false);
            runner.setDelimiter(environment.getDelimiter());
            runner.setFullLineDelimiter(environment.isFullLineDelimiter());
            runner.setSendFullScript(environment.isSendFullScript());
            runner.runScript(reader);
            return new Heard(statements, true);
        } catch (RuntimeException | IOException e) {
            if (String.valueOf(e.getMessage()).contains("Line missing end-of-line terminator")) {
                return new Heard(statements, false);
            }
            throw new AssertionError(e);
        }
    }

    private static Connection recording(Connection real, Consumer<String> heard) {
        return proxy(
                Connection.class,
                real,
                statement -> proxy(Statement.class, (Statement) statement, none -> none, heard),
                heard);
    }

    private static <T> T proxy(Class<T> type, T real, UnaryOperator<Object> statements, Consumer<String> heard) {
        return type.cast(Proxy.newProxyInstance(
                ScriptTextsPropertyTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object[] given = arguments;
                    if (method.getName().equals("execute")) {
                        heard.accept((String) arguments[0]);
                        given = new Object[] {"select 1"};
                    }
                    try {
                        Object result = method.invoke(real, given);
                        return method.getName().equals("createStatement") ? statements.apply(result) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** Line by line: where the text begins, as the file has it, that ends with each delimiter. */
    private static List<Integer> firstLines(Text text, Environment environment) {
        String value = environment.getVariables().getProperty("v");
        List<Integer> found = new ArrayList<>();
        String delimiter = environment.getDelimiter();
        int first = 0;
        int last = 0;
        for (int number = 1; number <= text.up(); number++) {
            String raw = text.lines().get(number - 1);
            first = first == 0 && !isComment(raw) ? number : first;
            for (String line : raw.replace("${v}", value).lines().toList()) {
                String trimmed = line.trim();
                if (isComment(line)) {
                    Matcher directive = DELIMITER.matcher(trimmed);
                    delimiter = directive.matches() ? directive.group(1) : delimiter;
                } else if (environment.isFullLineDelimiter()
                        ? trimmed.equals(delimiter)
                        : trimmed.contains(delimiter)) {
                    // the lines of a variable may end several statements in one line of the file, even in a comment
                    found.add(first != 0 ? first : last == number ? found.get(found.size() - 1) : number);
                    last = number;
                    first = 0;
                }
            }
        }
        return found;
    }

    private static boolean isComment(String line) {
        return line.trim().isEmpty() || line.trim().matches("(?s)(--|//).*");
    }

    @ParameterizedTest
    @MethodSource("io.github.deploymigrations.testing.Draw#all")
    void the_checksum_means_the_text_and_not_how_it_is_stored(Draw draw) throws Exception {
        Text text = Text.of(draw);
        List<String> padded = text.lines().stream()
                .map(line -> UNDO.matcher(line).matches() ? line : line + draw.of("", "", " ", "\t ", "   "))
                .toList();
        Text stored = new Text(draw.percent(50), padded, Text.ends(draw, padded));
        List<String> mended = new ArrayList<>(text.lines().subList(0, text.up()));
        if (text.up() < text.lines().size()) {
            mended.addAll(List.of("-- //@UNDO", "something else;"));
        }
        Text otherUndo = new Text(false, mended, Text.ends(draw, mended));
        Text changed = changed(draw, text);
        Environment environment = environment(draw, "one");
        draw.check(shown(text, environment), () -> {
            String checksum = checksum(text, environment);
            assertEquals(checksum, checksum(stored, environment), () -> "stored as " + escaped(stored.toString()));
            assertEquals(checksum, checksum(otherUndo, environment), () -> "undo: " + escaped(otherUndo.toString()));
            Environment other = new Environment(
                    Files.writeString(folder.resolve("o.properties"), "v=two\n").toFile());
            assertEquals(checksum, checksum(text, other), "with other variables");
            assertNotEquals(checksum, checksum(changed, environment), () -> "changed: " + escaped(changed.toString()));
        });
    }

    /** With something else in the up part: a letter more, a blank in front, a line more, or one line less. */
    private static Text changed(Draw draw, Text text) {
        List<String> lines = new ArrayList<>(text.lines());
        List<Integer> filled = new ArrayList<>();
        for (int index = 0; index < text.up(); index++) {
            if (!lines.get(index).isBlank()) {
                filled.add(index);
            }
        }
        int where = filled.isEmpty() ? 0 : draw.of(filled);
        switch (filled.isEmpty() ? 0 : draw.number(0, 4)) {
            case 0 -> lines.add(where, "-- a new comment");
            case 1 -> {
                int at = draw.number(0, lines.get(where).length());
                lines.set(
                        where,
                        new StringBuilder(lines.get(where)).insert(at, 'q').toString());
            }
            case 2 -> lines.set(where, " " + lines.get(where));
            case 3 -> lines.add(where, "");
            default -> lines.remove(where);
        }
        return new Text(text.mark(), lines, Text.ends(draw, lines));
    }

    /** As a run takes it: when the whole up part is read. */
    private static String checksum(Text text, Environment environment) throws IOException {
        try (ScriptReader script = reader(text.bytes(), environment.getVariables())) {
            StatementScan.run(script, environment, environment.isSendFullScript(), sql -> {});
            return script.checksum();
        }
    }

    private static String shown(Text text, Environment environment) {
        return escaped(text.toString()) + " and " + environment.getDelimiter() + ", full line "
                + environment.isFullLineDelimiter() + ", full script " + environment.isSendFullScript();
    }

    private static String escaped(String text) {
        return text.replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace("\u0001", "<1>")
                .replace("x".repeat(9000), "<x*9000>");
    }
}
