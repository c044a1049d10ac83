package io.github.deploymigrations.scripts;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.ibatis.migration.Environment;
import org.apache.ibatis.migration.operations.ScriptRunner;

/**
 * Splits a script into its statements before a database is touched, by MyBatis' own script runner: it runs on a
 * connection that leads nowhere and only hears the statements. What is found here is thereby what the run will do.
 */
final class StatementScan {
    /** How {@link ScriptRunner} 3.5.0 begins its complaint of a last statement without a terminator. */
    private static final String UNTERMINATED = "Line missing end-of-line terminator";

    private StatementScan() {}

    /**
     * How many statements the script has that are more than comments.
     *
     * @return empty if the last one has no terminator
     */
    static Optional<Integer> count(Reader script, Environment environment) throws IOException {
        int[] count = new int[1];
        ScriptRunner runner = new ScriptRunner(nowhere(sql -> {
            if (!isComment(sql)) {
                count[0]++;
            }
        }));
        runner.setLogWriter(null);
        runner.setErrorLogWriter(null);
        runner.setStopOnError(true);
        runner.setAutoCommit(true);
        runner.setEscapeProcessing(false);
        runner.setDelimiter(environment.getDelimiter());
        runner.setFullLineDelimiter(environment.isFullLineDelimiter());
        runner.setSendFullScript(environment.isSendFullScript());
        try {
            runner.runScript(script);
            return Optional.of(count[0]);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() != null
                    && String.valueOf(e.getCause().getMessage()).startsWith(UNTERMINATED)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Only a script that is sent as a whole reaches the database with nothing but comments in it. */
    private static boolean isComment(String sql) {
        return sql.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.startsWith("--"));
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
        return type.cast(Proxy.newProxyInstance(StatementScan.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
