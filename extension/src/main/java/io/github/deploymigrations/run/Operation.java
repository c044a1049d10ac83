package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.ChangeLogTable;
import io.github.deploymigrations.scripts.Script;
import io.github.deploymigrations.scripts.ScriptRepository;
import io.github.deploymigrations.settings.MigrationSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.ibatis.migration.ConnectionProvider;
import org.apache.ibatis.migration.operations.UpOperation;

/** One {@link UpOperation} of MyBatis Migrations over the scripts of a plan, watched. */
final class Operation {
    private final MigrationSettings settings;
    private final ScriptRepository repository;
    private final DataSource dataSource;
    private final Session session;

    Operation(MigrationSettings settings, ScriptRepository repository, DataSource dataSource, Session session) {
        this.settings = settings;
        this.repository = repository;
        this.dataSource = dataSource;
        this.session = session;
    }

    /** What was applied, and the failure that ended it, if one did. */
    record Outcome(Map<RevisionId, Duration> applied, Optional<MigrationFailure> failure) {}

    Outcome apply(List<Script> steps) {
        Secrets secrets = new Secrets(repository);
        RunWatch watch = new RunWatch(secrets);
        WatchedScripts scripts = new WatchedScripts(repository, steps, watch);
        try (PrintStream output = LogStream.of(secrets)) {
            repository
                    .hooks()
                    .during(
                            output,
                            hook -> new UpOperation()
                                    .operate(
                                            connections(watch),
                                            scripts,
                                            repository.options(),
                                            null,
                                            new WatchedHook(hook, watch, scripts)));
            return new Outcome(watch.applied(), Optional.empty());
        } catch (RuntimeException | IOException e) {
            return new Outcome(watch.applied(), Optional.of(watch.failure(e)));
        }
    }

    /** The first connection is the one that does the work; a hook that asks gets one of its own, and closes it. */
    private ConnectionProvider connections(RunWatch watch) {
        ChangeLogTable changelog = new ChangeLogTable(repository.changelog(), session.product());
        Connection working = WatchedConnection.of(
                session.connection(), watch, changelog, repository.changelog().sql());
        boolean[] given = new boolean[1];
        return () -> {
            if (!given[0]) {
                given[0] = true;
                return working;
            }
            return another();
        };
    }

    private Connection another() throws SQLException {
        Connection connection = dataSource.getConnection();
        if (settings.schema().isPresent()) {
            session.enter(connection);
        }
        return connection;
    }
}
