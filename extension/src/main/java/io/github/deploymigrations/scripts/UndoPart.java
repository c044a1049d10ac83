package io.github.deploymigrations.scripts;

import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import java.io.IOException;
import java.util.Optional;
import org.apache.ibatis.migration.Environment;

/** What undoes an applied revision, looked at before anything runs. Immutable. */
public sealed interface UndoPart {
    /** It can run. */
    record Usable(Part part) implements UndoPart {}

    /** There is none, or it cannot run. */
    record Unusable(Problem problem) implements UndoPart {}

    /** Looks at a part whose script still says what the up part has. */
    static UndoPart of(ScriptRepository repository, Part part, Environment environment) throws IOException {
        return of(repository, part, environment, repository.isSentWhole());
    }

    private static UndoPart of(ScriptRepository repository, Part part, Environment environment, boolean whole)
            throws IOException {
        try (ScriptReader reader = repository.open(part)) {
            Scan scan = StatementScan.of(reader, environment, whole);
            if (whole && reader.isNoTransaction()) {
                return of(repository, part, environment, false);
            }
            if (scan.hasClientCommand()) {
                try (ScriptReader again = repository.open(part)) {
                    Optional<Problem> command = StatementScan.clientCommand(again, part.place(), environment, whole);
                    if (command.isPresent()) {
                        return new Unusable(command.get());
                    }
                }
            }
            if (!scan.terminated()) {
                return new Unusable(new Problem(
                        part.place() + ":" + reader.line(),
                        Message.UNDO_UNTERMINATED.with(part.script().id(), environment.getDelimiter())));
            }
            // what did nothing is undone by nothing
            if (scan.statements() == 0 && part.script().countedStatements().orElse(1) > 0) {
                return new Unusable(new Problem(
                        part.place(), Message.UNDO_MISSING.with(part.script().id())));
            }
            return new Usable(part.with(scan.content(reader.isNoTransaction())));
        }
    }
}
