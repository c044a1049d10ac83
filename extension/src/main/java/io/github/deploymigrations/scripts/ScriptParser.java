package io.github.deploymigrations.scripts;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.migration.Environment;

/** Reads script files through to the end, and says of each that cannot be used why. Not thread-safe. */
final class ScriptParser {
    private final Environment environment;
    private final Charset charset;
    private final StatementScan scan;
    private final List<Problem> problems;

    /** @param environment with a character set that this Java knows */
    ScriptParser(Environment environment, List<Problem> problems) {
        this.environment = environment;
        this.charset = Charset.forName(environment.getScriptCharset());
        this.problems = problems;
        this.scan = new StatementScan(environment);
    }

    /** Finds what is wrong with a script that has no name of its own: {@code onabort.sql}, or a hook. */
    void check(Resource file) {
        boolean whole = environment.isSendFullScript();
        try (ScriptReader reader = reader(file, false)) {
            refuseIfNotSql(file, reader, scan.of(reader, whole), whole);
        } catch (IOException e) {
            unreadable(file, e);
        }
    }

    /** The script, or empty if it has problems. */
    Optional<Script> parse(Resource file) {
        return parse(file, environment.isSendFullScript());
    }

    private Optional<Script> parse(Resource file, boolean whole) {
        try (ScriptReader reader = reader(file, false)) {
            Scan found = scan.of(reader, whole);
            if (whole && reader.isNoTransaction()) {
                // several statements in one call are a transaction to PostgreSQL, which is what the script must not
                // have
                return parse(file, false);
            }
            refuseIfNotSql(file, reader, found, whole);
            if (found.terminated() && found.statements() == 0) {
                refuseIfMistaken(file);
            }
            found.ownCommit().ifPresent(line -> Log.log(Message.SCRIPT_COMMITS, file.path() + ":" + line));
            return Optional.of(new Script(
                    RevisionId.of(ScriptName.change(file.name()).getId()).orElseThrow(),
                    ScriptName.change(file.name()).getDescription(),
                    file.name(),
                    file.path(),
                    found.statements(),
                    reader.checksum(),
                    found.onlyRows(),
                    found.sessionBound(),
                    reader.isNoTransaction()
                            ? Script.Transaction.NONE
                            : found.ownCommit().isPresent() ? Script.Transaction.OWN : Script.Transaction.WHOLE));
        } catch (IOException e) {
            unreadable(file, e);
        }
        return Optional.empty();
    }

    /** One problem at most: what a client's command does to the splitting has no meaning of its own. */
    private void refuseIfNotSql(Resource file, ScriptReader reader, Scan scan, boolean whole) throws IOException {
        if (scan.terminated() && !scan.hasClientCommand()) {
            return;
        }
        try (ScriptReader again = reader(file, false)) {
            Optional<Problem> command = StatementScan.clientCommand(again, file.path(), environment, whole);
            command.ifPresent(problems::add);
            if (command.isEmpty() && !scan.terminated()) {
                problem(file, reader.line(), Message.SCRIPT_UNTERMINATED.with(environment.getDelimiter()));
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
            if (scan.of(undo, environment.isSendFullScript()).statements() > 0) {
                problems.add(new Problem(file.path(), Message.SCRIPT_ONLY_UNDO.with()));
            } else if (text.lines().allMatch(String::isBlank)) {
                problems.add(new Problem(file.path(), Message.SCRIPT_EMPTY.with()));
            }
        }
    }

    private ScriptReader reader(Resource file, boolean undo) throws IOException {
        return new ScriptReader(file.open(), charset, undo, environment.getVariables());
    }

    /** The first line with a character that cannot be decoded, from 1. */
    private int malformedLine(Resource file) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file.open(), charset))) {
            int number = 1;
            for (String line = lines.readLine(); line != null && line.indexOf('\uFFFD') < 0; line = lines.readLine()) {
                number++;
            }
            return number;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void unreadable(Resource file, IOException e) {
        if (e instanceof CharacterCodingException) {
            problem(file, malformedLine(file), Message.SCRIPT_MALFORMED.with(charset));
        } else {
            Log.trace(Message.SCRIPT_UNREADABLE, e);
            problem(file, 1, Message.SCRIPT_UNREADABLE.with(e));
        }
    }

    private void problem(Resource file, int line, Explanation explanation) {
        problems.add(new Problem(file.path() + ":" + line, explanation));
    }
}
