package io.github.deploymigrations.scripts;

import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.messages.ProblemsFound;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.ibatis.migration.Environment;

/** Reads script files, and says of each that cannot be used why. Thread-safe. */
final class ScriptParser {
    /** Of a character, which no text has by itself: a file may have U+FFFD itself. */
    private static final String HALF = "\uDFFF";

    private final Environment environment;
    private final Charset charset;
    private final SmallScripts small;
    /** Made when a script is looked through, which most starts do with none; some are kept for the next, as they are big. */
    private final Queue<StatementScan> idle = new ArrayBlockingQueue<>(4);

    /**
     * Reads.
     *
     * @param environment with a character set that this Java knows
     * @param small keeps what was read of them
     */
    ScriptParser(Environment environment, SmallScripts small) {
        this.environment = environment;
        this.charset = Charset.forName(environment.getScriptCharset());
        this.small = small;
    }

    /**
     * Looks through a script that has no name of its own: {@code onabort.sql}, or a hook.
     *
     * @throws ProblemsFound if it cannot run
     */
    void check(Resource file) {
        boolean whole = environment.isSendFullScript();
        try (ScriptReader reader = reader(file, false)) {
            refuseIfNotSql(file, scan(reader, whole, sql -> {}), whole);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * The script, whose statements are looked through when somebody asks.
     *
     * @throws ProblemsFound if it cannot be read
     */
    Script read(Resource file) {
        return new Script(
                ScriptName.id(file.name()),
                ScriptName.change(file.name()).getDescription(),
                file.name(),
                file.path(),
                checksum(file),
                new ContentOnce(this, file));
    }

    private String checksum(Resource file) {
        try {
            if (charset.equals(StandardCharsets.UTF_8)) {
                Optional<byte[]> bytes = file.bytes(SmallScripts.LONGEST);
                return bytes.isPresent() ? Utf8Part.checksum(bytes.get()) : checksumOfLarge(file);
            }
            return checksumByCharacters(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static String checksumOfLarge(Resource file) throws IOException {
        try (InputStream bytes = file.open()) {
            return Utf8Part.checksum(bytes);
        }
    }

    private String checksumByCharacters(Resource file) throws IOException {
        PartText text = new PartText(false, true);
        try (Reader reader = decoded(file)) {
            text.add(reader);
        }
        return text.checksum();
    }

    /** What a look through all statements of a script finds, which is taken when somebody asks for it, and not again. */
    private static final class ContentOnce implements Supplier<ScriptContent> {
        private final ScriptParser parser;
        private final Resource file;
        private Optional<ScriptContent> content = Optional.empty();

        ContentOnce(ScriptParser parser, Resource file) {
            this.parser = parser;
            this.file = file;
        }

        /** @throws ProblemsFound each time anew if the script cannot run */
        @Override
        public synchronized ScriptContent get() {
            if (content.isEmpty()) {
                content = Optional.of(parser.content(file, parser.environment.isSendFullScript()));
            }
            return content.get();
        }
    }

    private ScriptContent content(Resource file, boolean whole) {
        try {
            Optional<byte[]> bytes = file.bytes(SmallScripts.LONGEST);
            if (bytes.isEmpty()) {
                return content(file, whole, (sql, reader) -> {});
            }
            Resource read = file.in(bytes.get());
            PlainStatements statements = new PlainStatements(bytes.get(), charset);
            ScriptContent content = content(read, whole, (sql, reader) -> statements.add(sql, reader.line()));
            small.keep(file.name(), new SmallScripts.Kept(statements, undo(read.open(), charset)));
            return content;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * The undo part of a script before variables; empty if it has none. Not by MyBatis' reader, which takes the backslash
     * of {@code \\${…}} away even where there are no variables (3.5.0).
     */
    static String undo(InputStream file, Charset charset) throws IOException {
        try (BufferedReader lines = new BufferedReader(ScriptReader.decoded(file, charset))) {
            StringBuilder text = new StringBuilder();
            boolean isFirst = true;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!text.isEmpty() || PartText.isEnd(isFirst ? ReadAhead.withoutMark(line) : line)) {
                    text.append(line).append('\n');
                }
                isFirst = false;
            }
            return text.toString();
        }
    }

    private ScriptContent content(Resource file, boolean whole, BiConsumer<String, ScriptReader> statements)
            throws IOException {
        try (ScriptReader reader = reader(file, false)) {
            boolean[] behindFalseUndo = new boolean[1];
            Scan found = scan(reader, whole, sql -> {
                statements.accept(sql, reader);
                int line = reader.falseUndo();
                behindFalseUndo[0] |= line > 0 && !StatementScan.isComment(whole ? below(line, sql) : sql);
            });
            if (whole && reader.isNoTransaction()) {
                // several statements in one call are a transaction to PostgreSQL, which is what the script must not
                // have
                return content(file, false, statements);
            }
            refuseIfNotSql(file, found, whole);
            if (behindFalseUndo[0] && reader.falseUndo() > 0) {
                throw problem(file.path() + ":" + reader.falseUndo(), Message.UNDO_LINE_MISWRITTEN.with());
            }
            if (found.statements() == 0) {
                refuseIfMistaken(file);
            }
            found.ownCommit().ifPresent(line -> Log.log(Message.SCRIPT_COMMITS, file.path() + ":" + line));
            return found.content(reader.isNoTransaction());
        }
    }

    private static String below(int line, String sql) {
        return sql.lines().skip(line).collect(Collectors.joining("\n"));
    }

    private Scan scan(ScriptReader script, boolean whole, Consumer<String> statements) throws IOException {
        StatementScan scan = Optional.ofNullable(idle.poll()).orElseGet(() -> new StatementScan(environment));
        Scan found = scan.of(script, whole, statements);
        idle.offer(scan);
        return found;
    }

    /** One problem at most: what a client's command does to the splitting has no meaning of its own. */
    private void refuseIfNotSql(Resource file, Scan scan, boolean whole) throws IOException {
        if (scan.terminated() && !scan.hasClientCommand()) {
            return;
        }
        try (ScriptReader again = reader(file, false)) {
            Optional<Problem> command = StatementScan.clientCommand(again, file.path(), environment, whole);
            if (command.isPresent()) {
                throw new ProblemsFound(List.of(command.get()));
            }
            if (!scan.terminated()) {
                throw problem(
                        file.path() + ":" + again.take().lastLine(),
                        Message.SCRIPT_UNTERMINATED.with(environment.getDelimiter()));
            }
        }
    }

    /**
     * A script with nothing but comments is one that somebody left as {@code migrate new} made it, and is applied as the
     * command line does. A file without any text, or with something to undo only, is a mistake.
     */
    private void refuseIfMistaken(Resource file) throws IOException {
        try (BufferedReader text = new BufferedReader(reader(file, false));
                ScriptReader undo = reader(file, true)) {
            if (scan(undo, environment.isSendFullScript(), sql -> {}).statements() > 0) {
                throw problem(file.path(), Message.SCRIPT_ONLY_UNDO.with());
            }
            if (text.lines().allMatch(String::isBlank)) {
                throw problem(file.path(), Message.SCRIPT_EMPTY.with());
            }
        }
    }

    private ScriptReader reader(Resource file, boolean undo) throws IOException {
        return new ScriptReader(file.open(), charset, undo, environment.getVariables(), false);
    }

    private Reader decoded(Resource file) throws IOException {
        return ScriptReader.decoded(file.open(), charset);
    }

    /** The first line with a character that cannot be decoded, from 1. */
    private int malformedLine(Resource file) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(HALF);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file.open(), decoder))) {
            int number = 1;
            for (String line = lines.readLine(); line != null && !hasHalf(line); line = lines.readLine()) {
                number++;
            }
            return number;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasHalf(String line) {
        return line.codePoints().anyMatch(letter -> Character.getType(letter) == Character.SURROGATE);
    }

    private ProblemsFound unreadable(Resource file, IOException e) {
        if (e instanceof CharacterCodingException) {
            return problem(file.path() + ":" + malformedLine(file), Message.SCRIPT_MALFORMED.with(charset));
        }
        Log.trace(Message.SCRIPT_UNREADABLE, e);
        return problem(file.path() + ":1", Message.SCRIPT_UNREADABLE.with(e));
    }

    private static ProblemsFound problem(String place, Explanation explanation) {
        return new ProblemsFound(List.of(new Problem(place, explanation)));
    }
}
