package io.github.deploymigrations.run;

import io.github.deploymigrations.DatabaseError;
import io.github.deploymigrations.FailedStatement;
import io.github.deploymigrations.database.Errors;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line of the file on which the database found the error, where its driver tells the position within the statement:
 * PostgreSQL's does, as a line at the end of the message (pgjdbc 42.7, in English), in characters from 1.
 *
 * <p>MyBatis leaves out comments and blank lines, and puts variables in: lines are only counted where those of the
 * statement and those of the file are seen to be the same up to there.
 */
final class ErrorLine {
    private static final Pattern POSITION = Pattern.compile("(?m)^ *Position: (\\d{1,9})$");

    private static final Pattern QUOTED =
            Pattern.compile("(?s)\\$(\\w*)\\$.*?\\$\\1\\$|'[^']*'|\"[^\"]*\"|--[^\\n]*|/\\*.*?\\*/");

    private ErrorLine() {}

    /** @param sql as the database got it */
    static OptionalInt of(Throwable thrown, String sql, FailedStatement statement) {
        Matcher position =
                POSITION.matcher(Errors.of(thrown).map(DatabaseError::message).orElse(""));
        if (!position.find() || isSeveral(sql)) {
            return OptionalInt.empty();
        }
        int index = Integer.parseInt(position.group(1)) - 1;
        if (index >= sql.codePointCount(0, sql.length())) {
            return OptionalInt.empty();
        }
        List<String> before =
                sql.substring(0, sql.offsetByCodePoints(0, index) + 1).lines().toList();
        List<String> written = statement.text().lines().toList();
        List<String> sent = sql.lines().toList();
        int line = -1;
        for (int number = 0; number < before.size(); number++) {
            if (isText(before.get(number))) {
                line = next(written, line + 1);
                if (line < 0 || !isSame(written.get(line), sent.get(number))) {
                    return OptionalInt.empty();
                }
            }
        }
        return line < 0 ? OptionalInt.empty() : OptionalInt.of(statement.line() + line);
    }

    /** Of several statements in one text the driver counts within the one that failed, and does not say which that is. */
    private static boolean isSeveral(String sql) {
        return sql.contains("\\'")
                || QUOTED.matcher(sql)
                        .replaceAll("")
                        .strip()
                        .replaceFirst(";$", "")
                        .contains(";");
    }

    private static int next(List<String> lines, int from) {
        for (int number = from; number < lines.size(); number++) {
            if (isText(lines.get(number))) {
                return number;
            }
        }
        return -1;
    }

    /** What MyBatis sends of a script that it splits. */
    private static boolean isText(String line) {
        String stripped = line.strip();
        return !stripped.isEmpty() && !stripped.startsWith("--") && !stripped.startsWith("//");
    }

    /** A variable may have been put in, and a delimiter was cut off. */
    private static boolean isSame(String written, String sent) {
        int variable = written.indexOf("${");
        return variable < 0 ? written.startsWith(sent) : sent.startsWith(written.substring(0, variable));
    }
}
