package io.github.deploymigrations.run;

import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptReader;
import io.github.deploymigrations.scripts.ScriptRepository;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.MigrationLoader;

/** The scripts to apply, as MyBatis asks for them. */
final class WatchedScripts implements MigrationLoader {
    private final ScriptRepository repository;
    private final Map<BigDecimal, Script> scripts = new LinkedHashMap<>();
    private final RunWatch watch;

    WatchedScripts(ScriptRepository repository, List<Script> scripts, RunWatch watch) {
        this.repository = repository;
        this.watch = watch;
        scripts.forEach(script -> this.scripts.put(new BigDecimal(script.id().value()), script));
    }

    Script script(Change change) {
        return scripts.get(change.getId());
    }

    /** A list of its own, which {@code UpOperation} sorts in place. */
    @Override
    public List<Change> getMigrations() {
        List<Change> changes = new ArrayList<>();
        scripts.forEach((id, script) -> {
            Change change = new Change(id);
            change.setDescription(script.description());
            change.setFilename(script.file());
            changes.add(change);
        });
        return changes;
    }

    @Override
    public Reader getScriptReader(Change change, boolean undo) {
        try {
            ScriptReader reader = repository.open(script(change));
            watch.begin(script(change), reader);
            return new Prefixed(repository.delimiterLine(), reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        watch.aborting();
        try {
            Optional<ScriptReader> reader = repository.openOnAbort();
            return reader.isPresent() ? new Prefixed(repository.delimiterLine(), reader.get()) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
