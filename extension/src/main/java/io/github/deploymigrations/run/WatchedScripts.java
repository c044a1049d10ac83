package io.github.deploymigrations.run;

import io.github.deploymigrations.changelog.ChangeLogTable;
import io.github.deploymigrations.plan.Step;
import io.github.deploymigrations.scripts.PlainStatements;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptReader;
import io.github.deploymigrations.scripts.ScriptRepository;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.MigrationLoader;

/** The scripts to apply or to undo, as MyBatis asks for them. */
final class WatchedScripts implements MigrationLoader {
    private final ScriptRepository repository;
    private final Map<BigDecimal, Step.Running> steps = new LinkedHashMap<>();
    private final Function<Step.Running, ScriptMode> modes;
    private final RunWatch watch;
    private final ScriptAtHand atHand;

    WatchedScripts(
            ScriptRepository repository,
            List<? extends Step.Running> steps,
            Function<Step.Running, ScriptMode> modes,
            RunWatch watch,
            ScriptAtHand atHand) {
        this.atHand = atHand;
        this.repository = repository;
        this.modes = modes;
        this.watch = watch;
        for (Step.Running step : steps) {
            this.steps.put(new BigDecimal(step.script().id().value()), step);
        }
    }

    /** A list of its own, which MyBatis' operations sort in place. */
    @Override
    public List<Change> getMigrations() {
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<BigDecimal, Step.Running> step : steps.entrySet()) {
            Script script = step.getValue().script();
            Change change = new Change(step.getKey());
            change.setDescription(ChangeLogTable.fitting(script.description()));
            change.setFilename(script.file());
            changes.add(change);
        }
        return changes;
    }

    @Override
    public Reader getScriptReader(Change change, boolean undo) {
        try {
            Step.Running step = steps.get(change.getId());
            ScriptMode mode = modes.apply(step);
            Optional<PlainStatements> statements = atHand.statements(step, mode);
            if (statements.isPresent()) {
                watch.begin(step, mode, true);
                atHand.run(step, statements.get(), watch);
                return Reader.nullReader();
            }
            ScriptReader reader =
                    mode.isJournaled() ? repository.openHashed(step.part()) : repository.open(step.part());
            watch.begin(step, mode, false);
            watch.reads(reader);
            if (repository.isSplit(step.script())) {
                watch.split(reader);
                return Reader.nullReader();
            }
            return new Prefixed(repository.delimiterLine(), reader);
        } catch (IOException | SQLException e) {
            throw new MigrationException(e);
        }
    }

    /** Never asked for: {@code bootstrap.sql} is a person's decision. */
    @Override
    public Reader getBootstrapReader() {
        throw new UnsupportedOperationException("bootstrap.sql is not run at deployment");
    }

    /** The first thing that {@code UpOperation} does when anything fails. */
    @Override
    public Reader getOnAbortReader() {
        try {
            watch.aborting();
            Optional<ScriptReader> reader = repository.openOnAbort();
            return reader.isPresent() ? new Prefixed(repository.delimiterLine(), reader.get()) : null;
        } catch (IOException | SQLException e) {
            throw new MigrationException(e);
        }
    }

    /** A line in front of a script that is not in its file, and so does not count. */
    private static final class Prefixed extends FilterReader {
        private final Reader prefix;
        private boolean begun;

        Prefixed(String prefix, Reader script) {
            super(script);
            this.prefix = new StringReader(prefix);
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int count = begun ? -1 : prefix.read(buffer, offset, length);
            begun = begun || count < 0;
            return begun ? in.read(buffer, offset, length) : count;
        }
    }
}
