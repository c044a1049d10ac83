package io.github.deploymigrations.cli;

import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.scripts.Part;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.scripts.ScriptStatement;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in scripts that can be used what is likely to be a mistake all the same. */
final class ScriptChecks {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}\\s]+)}");

    private static final Pattern DELIMITER =
            Pattern.compile("\\s*(?:--|//)?\\s*(?://)?\\s*@DELIMITER\\s", Pattern.CASE_INSENSITIVE);

    /** What PostgreSQL (14) says cannot run in a transaction block. */
    private static final Pattern ALONE = Pattern.compile(
            "\\s*((?:create(?:\\s+unique)?|drop)\\s+index\\s+concurrently|reindex\\b[^;]*?\\bconcurrently|vacuum"
                    + "|alter\\s+system|(?:create|drop)\\s+tablespace)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final ScriptRepository repository;
    private final Findings findings;
    private final boolean requireUndo;

    ScriptChecks(ScriptRepository repository, Findings findings, boolean requireUndo) {
        this.repository = repository;
        this.findings = findings;
        this.requireUndo = requireUndo;
    }

    void check(Script script) throws IOException {
        boolean plain = isSplitByOneDelimiter(script);
        for (ScriptStatement statement : repository.statements(new Part.Up(script), name -> false)) {
            if (plain) {
                List<String> lines = statement.piece().text().lines().toList();
                int last = lines.size() - 1;
                LineEnd.of(lines.get(last))
                        .surprise(repository.options().getDelimiter())
                        .ifPresent(surprise -> warn(script, statement.piece().line() + last, surprise));
            }
            Matcher unknown = VARIABLE.matcher(statement.sql());
            while (unknown.find()) {
                if (!statement.isEscaped(unknown.group(1))) {
                    warn(script, line(statement, unknown.group()), Message.VARIABLE_UNKNOWN.with(unknown.group(1)));
                }
            }
            Matcher alone = ALONE.matcher(statement.sql());
            if (script.transaction() != Script.Transaction.NONE && alone.matches()) {
                String words = alone.group(1).replaceAll("\\s+", " ");
                warn(script, statement.piece().line(), Message.TRANSACTION_FORBIDDEN.with(words));
            }
        }
        boolean undo = repository
                .undoText(new Part.Undo(script))
                .lines()
                .map(String::strip)
                .anyMatch(line -> !line.isEmpty() && !line.startsWith("--") && !line.startsWith("//"));
        if (!undo) {
            Problem problem = new Problem(script.path() + ":1", Message.UNDO_PART_MISSING.with());
            if (requireUndo) {
                findings.error(problem);
            } else {
                findings.warning(problem);
            }
        }
    }

    /** Whether each statement of a script ends with the environment's delimiter, somewhere on a line. */
    private boolean isSplitByOneDelimiter(Script script) throws IOException {
        if (repository.isSentWhole() || repository.options().isFullLineDelimiter()) {
            return false;
        }
        try (BufferedReader lines = new BufferedReader(repository.open(new Part.Up(script)))) {
            return lines.lines().noneMatch(line -> DELIMITER.matcher(line).lookingAt());
        }
    }

    private void warn(Script script, int line, Explanation explanation) {
        findings.warning(new Problem(script.path() + ":" + line, explanation));
    }

    /** The line of the file on which the text stands; the statement's if variables put it there. */
    private static int line(ScriptStatement statement, String text) {
        int at = statement.piece().text().indexOf(text);
        String before = at < 0 ? "" : statement.piece().text().substring(0, at);
        return statement.piece().line()
                + (int) before.chars().filter(letter -> letter == '\n').count();
    }
}
