package io.github.deploymigrations.scripts;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.messages.ProblemsFound;
import io.github.deploymigrations.settings.TableName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.ibatis.migration.Environment;
import org.apache.ibatis.migration.operations.ScriptRunner;
import org.apache.ibatis.migration.options.DatabaseOperationOption;

/**
 * A MyBatis repository that was read. Thread-safe; the scripts' texts stay in their files, but for small ones between a
 * look at their statements and the end of the run.
 */
public final class ScriptRepository {
    private final List<Script> scripts;
    private final Map<String, Resource> files;
    private final Environment environment;
    private final TableName changelog;
    private final Hooks hooks;
    private final SmallScripts small;

    ScriptRepository(
            List<Script> scripts,
            Map<String, Resource> files,
            Environment environment,
            TableName changelog,
            Hooks hooks,
            SmallScripts small) {
        this.small = small;
        this.scripts = List.copyOf(scripts);
        this.files = Map.copyOf(files);
        this.environment = environment;
        this.changelog = changelog;
        this.hooks = hooks;
    }

    /** Ascending by id. */
    public List<Script> scripts() {
        return scripts;
    }

    /** Looks through the statements of these scripts, and tells all that is wrong with all of them. */
    public static List<Problem> problems(List<Script> scripts) {
        if (scripts.size() >= RepositoryReader.MANY) {
            return scripts.parallelStream()
                    .flatMap(script -> problems(script).stream())
                    .toList();
        }
        List<Problem> problems = new ArrayList<>();
        for (Script script : scripts) {
            problems.addAll(problems(script));
        }
        return List.copyOf(problems);
    }

    private static List<Problem> problems(Script script) {
        try {
            script.requireUsable();
            return List.of();
        } catch (ProblemsFound e) {
            return e.problems();
        }
    }

    public Hooks hooks() {
        return hooks;
    }

    /** The changelog's name as it goes into SQL. */
    public TableName changelog() {
        return changelog;
    }

    /** A variable's value, or empty if scripts have no such variable. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.getVariables().getProperty(name));
    }

    /** The names of all variables of the scripts. */
    public List<String> variables() {
        return environment.getVariables().stringPropertyNames().stream()
                .sorted()
                .toList();
    }

    /** A part of a script with its variables put in. */
    public ScriptReader open(Part part) throws IOException {
        return open(part, environment.getVariables(), false);
    }

    /** The same, which tells the checksum of what was read. */
    public ScriptReader openHashed(Part part) throws IOException {
        return open(part, environment.getVariables(), true);
    }

    private ScriptReader open(Part part, Properties variables, boolean hashed) throws IOException {
        if (part instanceof Part.Kept kept) {
            InputStream text = new ByteArrayInputStream(kept.text().getBytes(StandardCharsets.UTF_8));
            return new ScriptReader(text, StandardCharsets.UTF_8, true, variables, hashed);
        }
        InputStream file = files.get(part.script().file()).open();
        return new ScriptReader(file, charset(), part instanceof Part.Undo, variables, hashed);
    }

    /** {@code onabort.sql}, if the repository has it. */
    public Optional<ScriptReader> openOnAbort() throws IOException {
        Resource file = files.get(RepositoryReader.ON_ABORT);
        return file == null ? Optional.empty() : Optional.of(open(file, false));
    }

    /** Whether a revision can be undone by the undo part of its script. */
    public UndoPart undo(Script script) throws IOException {
        return UndoPart.of(this, new Part.Undo(script), environment);
    }

    /** Whether a revision can be undone by a text that was its script's undo part. */
    public UndoPart undo(Script described, String text) throws IOException {
        return UndoPart.of(this, new Part.Kept(described, Part.Kept.counted(text)), environment);
    }

    /** The undo part of a script before variables; empty if it has none. */
    public String undoText(Part part) throws IOException {
        if (part instanceof Part.Kept kept) {
            return kept.text();
        }
        String file = part.script().file();
        Optional<SmallScripts.Kept> kept = small.get(file);
        return kept.isPresent()
                ? kept.get().undo()
                : ScriptParser.undo(files.get(file).open(), charset());
    }

    /**
     * The statements of a script that leaves role, path and session alone, as they go to the database; empty if the
     * file has to be read for that.
     */
    public Optional<PlainStatements> plainStatements(Script script) {
        return script.isPlain() && script.transaction() == Script.Transaction.WHOLE
                ? small.get(script.file()).map(SmallScripts.Kept::statements)
                : Optional.empty();
    }

    /**
     * The beginning of a script's file. What is no text in the repository's character set is shown as such and refused
     * by nobody, as it is a person who reads this.
     *
     * @param most how many bytes of it
     */
    public ScriptText text(Script script, int most) throws IOException {
        try (InputStream file = files.get(script.file()).open()) {
            String text = new String(file.readNBytes(most), charset());
            return ScriptText.of(text.startsWith("\uFEFF") ? text.substring(1) : text, file.read() < 0);
        }
    }

    /**
     * The checksum of the part's text up to the end of a statement: what tells whether the statements that ran already
     * are still the same.
     *
     * @param statement from 1; 0 for nothing of it
     * @return empty if the part has fewer statements
     */
    public Optional<String> checksumUpTo(Part part, int statement) throws IOException {
        if (statement == 0) {
            return Optional.of("");
        }
        int[] number = new int[1];
        String[] checksum = new String[1];
        try (ScriptReader reader = openHashed(part)) {
            StatementScan.run(reader, environment, isSentWhole() && !isSplit(part.script()), sql -> {
                if (++number[0] == statement) {
                    checksum[0] = reader.checksum();
                }
            });
        }
        return Optional.ofNullable(checksum[0]);
    }

    /**
     * The statements of a part in order, but for those that are nothing but comments.
     *
     * @param hidden tells the names of the variables that stay as they are
     */
    public List<ScriptStatement> statements(Part part, Predicate<String> hidden) throws IOException {
        Properties shown = new Properties();
        variables().stream()
                .filter(hidden.negate())
                .forEach(name -> shown.setProperty(name, variable(name).orElseThrow()));
        List<ScriptStatement> statements = new ArrayList<>();
        int[] number = new int[1];
        try (ScriptReader reader = open(part, shown, false)) {
            StatementScan.run(reader, environment, isSentWhole() && !isSplit(part.script()), sql -> {
                ScriptPiece piece = reader.take();
                number[0]++;
                if (!StatementScan.isComment(sql)) {
                    statements.add(new ScriptStatement(number[0], piece, sql));
                }
            });
        }
        return statements;
    }

    /**
     * A statement of a part as the file has it.
     *
     * @param statement from 1, as it is counted when it goes to the database
     */
    public ScriptPiece piece(Part part, int statement) throws IOException {
        List<ScriptPiece> pieces = new ArrayList<>();
        try (ScriptReader reader = open(part)) {
            StatementScan.run(
                    reader, environment, isSentWhole() && !isSplit(part.script()), sql -> pieces.add(reader.take()));
        }
        return pieces.get(statement - 1);
    }

    /** A run is over, and with it the use of what was kept of the scripts. */
    public void forget() {
        small.clear();
        release();
    }

    /** Closes what was kept open to read many scripts. */
    public void release() {
        release(files.values());
    }

    static void release(Collection<Resource> files) {
        for (Resource file : files) {
            try {
                file.source().release();
            } catch (IOException e) {
                Log.trace(Message.SCRIPT_UNREADABLE, e);
            }
        }
    }

    /** Whether a statement ends the transaction that it is in. */
    public static boolean endsTransaction(String sql) {
        return StatementScan.endsTransaction(sql);
    }

    private ScriptReader open(Resource file, boolean undo) throws IOException {
        return new ScriptReader(file.open(), charset(), undo, environment.getVariables(), false);
    }

    public Charset charset() {
        return Charset.forName(environment.getScriptCharset());
    }

    /** Whether a script goes to the database as a whole. */
    public boolean isSentWhole() {
        return environment.isSendFullScript();
    }

    /** Whether a script goes to the database in its statements although the others go there whole. */
    public boolean isSplit(Script script) {
        return isSentWhole() && script.transaction() == Script.Transaction.NONE;
    }

    /** Runs such a script in auto-commit, with MyBatis' own script runner. */
    public void runSplit(ScriptReader script, Connection connection) {
        DatabaseOperationOption options = options();
        ScriptRunner runner = new ScriptRunner(connection);
        runner.setLogWriter(null);
        runner.setErrorLogWriter(null);
        runner.setStopOnError(options.isStopOnError());
        runner.setThrowWarning(options.isThrowWarning());
        runner.setEscapeProcessing(options.isEscapeProcessing());
        runner.setAutoCommit(true);
        runner.setDelimiter(options.getDelimiter());
        runner.setFullLineDelimiter(options.isFullLineDelimiter());
        runner.setRemoveCRs(options.isRemoveCRs());
        runner.runScript(script);
    }

    /** The line that sets the runner's delimiter back to the environment's: a script may have left its own there. */
    public String delimiterLine() {
        return isSentWhole() ? "" : delimiterLine(environment);
    }

    /** No line where the delimiter has blanks in it, which MyBatis reads from an environment file only (3.5.0). */
    static String delimiterLine(Environment environment) {
        String delimiter = environment.getDelimiter();
        return delimiter.matches("\\S+") ? "-- @DELIMITER " + delimiter + "\n" : "";
    }

    /** The options of the command line for this environment. */
    public DatabaseOperationOption options() {
        DatabaseOperationOption option = new DatabaseOperationOption();
        option.setChangelogTable(changelog().sql());
        option.setStopOnError(true);
        option.setThrowWarning(!environment.isIgnoreWarnings());
        option.setEscapeProcessing(false);
        option.setAutoCommit(environment.isAutoCommit());
        option.setFullLineDelimiter(environment.isFullLineDelimiter());
        option.setSendFullScript(environment.isSendFullScript());
        option.setRemoveCRs(environment.isRemoveCrs());
        option.setDelimiter(environment.getDelimiter());
        return option;
    }
}
