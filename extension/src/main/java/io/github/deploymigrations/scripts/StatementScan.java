package io.github.deploymigrations.scripts;

import io.github.deploymigrations.database.StatementKind;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.ibatis.migration.Environment;
import org.apache.ibatis.migration.operations.ScriptRunner;

/**
 * Splits a script into its statements before anything is written, by MyBatis' own script runner: it runs on a
 * connection that leads nowhere and only hears the statements. What is found here is thereby what the run will do. Not
 * thread-safe.
 */
final class StatementScan {
    /** How {@link ScriptRunner} 3.5.0 begins its complaint of a last statement without a terminator. */
    private static final String UNTERMINATED = "Line missing end-of-line terminator";

    private static final String BLANKS = "(?:\\s++|--[^\\n]*+(?:\\n|\\z)|/\\*(?!M?!).*?\\*/)";

    /** {@code END} and {@code ABORT} are PostgreSQL's and SQLite's words for the same, {@code TRAN} is SQL Server's. */
    static final Pattern OWN_COMMIT = pattern(ending("commit|rollback|end|abort") + ";?" + BLANKS + "*+");

    private static final Pattern COMMIT_AMONG_SEVERAL =
            pattern("(?:^|;)" + ending("commit|rollback|abort") + "(?:;|$)");

    private static final Pattern END_AMONG_SEVERAL = pattern("(?:^|;)" + ending("end") + "(?:;|$)");

    /** What begins the body of a routine, which another {@code END} is of; {@code BEGIN} alone begins a transaction. */
    private static final Pattern BODY = pattern("\\bbegin\\b(?!" + BLANKS
            + "*+(?:;|$|(?:work|tran|transaction|isolation|read|deferrable|deferred|immediate|exclusive)\\b|not"
            + BLANKS + "++deferrable\\b))");

    /** Of PostgreSQL, a body of a routine among them. */
    private static final Pattern DOLLAR_QUOTED = pattern("\\$([a-z_]\\w*|)\\$.*?\\$\\1\\$");

    private static final Pattern QUOTED = Pattern.compile("'(?:[^'\\\\]|''|\\\\.)*+'", Pattern.DOTALL);

    /** SQL Server gives transactions names, and PostgreSQL those that are to be committed later. */
    private static String ending(String words) {
        String name = "(?:" + BLANKS + "++(?:[\\w@#$]++|\\[[^\\]]*+\\]))?";
        return BLANKS + "*+(?:(?:" + words + ")(?:" + BLANKS + "++(?:work|tran(?:saction)?" + name + "))?(?:" + BLANKS
                + "++and" + BLANKS + "++(?:no" + BLANKS + "++)?chain)?|prepare" + BLANKS + "++transaction" + BLANKS
                + "*+'[^']*+')" + BLANKS + "*+";
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    private final Environment environment;
    /** One for all scripts: MyBatis' makes itself two writers that it is told not to use (3.5.0). */
    private final ScriptRunner runner = new ScriptRunner(nowhere(sql -> this.listener.statement(sql)));

    private Listener listener = sql -> {};

    StatementScan(Environment environment) {
        this.environment = environment;
        runner.setLogWriter(null);
        runner.setErrorLogWriter(null);
        runner.setStopOnError(true);
        runner.setAutoCommit(true);
        runner.setEscapeProcessing(false);
        runner.setFullLineDelimiter(environment.isFullLineDelimiter());
        runner.setRemoveCRs(environment.isRemoveCrs());
    }

    /** Whether the statement is one that ends a transaction. */
    static boolean endsTransaction(String sql) {
        return mayEndTransaction(sql) && OWN_COMMIT.matcher(sql).matches();
    }

    /**
     * Whether one of several statements in one text is such a statement.
     *
     * @param script whether the text is a whole one, in which such a statement need not be of the body that is there, too
     */
    private static boolean endsTransactionWithin(String text, boolean script) {
        String code = DOLLAR_QUOTED.matcher(text).replaceAll("''");
        String sql = script ? code : QUOTED.matcher(code).replaceAll("''");
        boolean body = BODY.matcher(sql).find() || (!script && StatementKind.isRoutine(sql));
        return ((script || !body) && COMMIT_AMONG_SEVERAL.matcher(sql).find())
                || (!body && END_AMONG_SEVERAL.matcher(sql).find());
    }

    private static boolean mayEndTransaction(String sql) {
        int begin = FirstWord.begin(sql);
        return begin < sql.length()
                && switch (sql.charAt(begin)) {
                    // they may begin a comment
                    case '/', '-' -> true;
                    case 'c', 'C' -> FirstWord.isAt(sql, begin, "commit");
                    case 'r', 'R' -> FirstWord.isAt(sql, begin, "rollback");
                    case 'e', 'E' -> FirstWord.isAt(sql, begin, "end");
                    case 'a', 'A' -> FirstWord.isAt(sql, begin, "abort");
                    case 'p', 'P' -> FirstWord.isAt(sql, begin, "prepare");
                    default -> false;
                };
    }

    /** Hears of a statement as it would go to the database, when the reader has read its last line. */
    @FunctionalInterface
    interface Listener {
        void statement(String sql);
    }

    /** @param whole whether the script goes to the database in one piece */
    static Scan of(ScriptReader script, Environment environment, boolean whole) throws IOException {
        return new StatementScan(environment).of(script, whole, sql -> {});
    }

    /**
     * Looks through all statements.
     *
     * @param whole whether the script goes to the database in one piece
     * @param statements hears of each as it would go to the database
     */
    Scan of(ScriptReader script, boolean whole, Consumer<String> statements) throws IOException {
        int[] count = new int[1];
        boolean[] meaning = new boolean[1];
        int[] commit = new int[1];
        boolean[] others = new boolean[1];
        boolean[] session = new boolean[1];
        boolean[] client = new boolean[1];
        Plainness plainness = new Plainness();
        boolean terminated = run(script, whole, sql -> {
            statements.accept(sql);
            StatementKind kind = StatementKind.of(sql);
            // an empty one goes to the database like any other, where statements are numbered
            count[0]++;
            if (!isComment(sql)) {
                meaning[0] = true;
                // a script that is sent as a whole hides what comes after its first statement
                others[0] |= whole || kind != StatementKind.ROWS;
            }
            client[0] = client[0] || ClientCommand.beginning(sql).isPresent();
            session[0] |= kind == StatementKind.SESSION;
            plainness.add(sql, kind);
            boolean commits =
                    endsTransaction(sql) || (StatementKind.isSeveral(sql) && endsTransactionWithin(sql, whole));
            if (commit[0] == 0 && commits) {
                commit[0] = script.line();
            }
        });
        return new Scan(
                meaning[0] ? count[0] : 0,
                terminated,
                !others[0],
                session[0],
                plainness.isPlain(),
                plainness.table(),
                commit[0] == 0 ? OptionalInt.empty() : OptionalInt.of(commit[0]),
                client[0]);
    }

    /** Where the first command of a client is, if one is there; a last statement without a terminator is looked through. */
    static Optional<Problem> clientCommand(ScriptReader script, String place, Environment environment, boolean whole)
            throws IOException {
        List<Problem> found = new ArrayList<>();
        boolean terminated = run(script, environment, whole, sql -> {
            ScriptPiece piece = script.take();
            ClientCommand.beginning(piece.text()).ifPresent(command -> found.add(problem(place, piece, command)));
        });
        if (!terminated) {
            ScriptPiece rest = script.take();
            ClientCommand.in(rest.text()).ifPresent(command -> found.add(problem(place, rest, command)));
        }
        return found.stream().findFirst();
    }

    private static Problem problem(String place, ScriptPiece piece, ClientCommand command) {
        return new Problem(place + ":" + (piece.line() + command.line()), Message.CLIENT_COMMAND.with(command.text()));
    }

    /** Tells of each statement; returns whether the last one is terminated. */
    static boolean run(Reader script, Environment environment, boolean whole, Listener listener) throws IOException {
        return new StatementScan(environment).run(script, whole, listener);
    }

    private boolean run(Reader script, boolean whole, Listener hearing) throws IOException {
        listener = hearing;
        // the script before may have left its own
        runner.setDelimiter(environment.getDelimiter());
        runner.setSendFullScript(whole);
        try {
            runner.runScript(script);
            return true;
        } catch (RuntimeException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() != null
                    && String.valueOf(e.getCause().getMessage()).startsWith(UNTERMINATED)) {
                return false;
            }
            throw e;
        } finally {
            // it has the reader, and all that this has read
            listener = sql -> {};
        }
    }

    /** Only a script that is sent as a whole reaches the database with nothing but comments in it. */
    static boolean isComment(String sql) {
        int index = 0;
        while (index < sql.length()) {
            if (Character.isWhitespace(sql.charAt(index))) {
                index++;
            } else if (sql.startsWith("--", index)) {
                index = lineEnd(sql, index);
            } else {
                return false;
            }
        }
        return true;
    }

    private static int lineEnd(String sql, int begin) {
        int index = begin;
        while (index < sql.length() && sql.charAt(index) != '\n' && sql.charAt(index) != '\r') {
            index++;
        }
        return index;
    }

    private static Connection nowhere(Consumer<String> statements) {
        Statement statement = proxy(Statement.class, (self, method, arguments) -> switch (method.getName()) {
            case "execute" -> {
                statements.accept((String) arguments[0]);
                yield false;
            }
            case "getMoreResults" -> false;
            case "getUpdateCount" -> -1;
            default -> null;
        });
        return proxy(Connection.class, (self, method, arguments) -> switch (method.getName()) {
            case "createStatement" -> statement;
            case "getAutoCommit" -> true;
            default -> null;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        // in the loader of the interface, where the class is made once for all deployments of a server
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
