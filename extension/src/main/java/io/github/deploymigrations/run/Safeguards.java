package io.github.deploymigrations.run;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.settings.BackupSettings;
import io.github.deploymigrations.settings.MaintenanceWindow;
import io.github.deploymigrations.settings.MigrationSettings;
import io.github.deploymigrations.settings.TableName;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** What the settings ask for around the scripts of a run: the window before, the backup before, the tables behind. */
final class Safeguards {
    private static final Duration LONGEST_BACKUP = Duration.ofMinutes(10);

    private final MigrationSettings settings;
    private final Session session;
    private final TimeLimit limit;
    private final Reporting report;

    Safeguards(MigrationSettings settings, Session session, TimeLimit limit, Reporting report) {
        this.settings = settings;
        this.session = session;
        this.limit = limit;
        this.report = report;
    }

    /** To be asked when the lock is there: it may have been waited for. */
    void requireWindow(MigrationPlan plan) throws RunStopped {
        Optional<Problem> closed = closedWindow(plan);
        if (closed.isPresent()) {
            throw new RunStopped(new MigrationFailure.Refused(List.of(closed.get())));
        }
    }

    /** What is told where scripts may not run now. */
    Optional<Problem> closedWindow(MigrationPlan plan) {
        Optional<MaintenanceWindow> window = settings.precautions().window();
        if (window.isEmpty() || plan.running().isEmpty()) {
            return Optional.empty();
        }
        return window.get()
                .opensNext(Clock.systemUTC())
                .map(time -> new Problem(
                        "window",
                        Message.WINDOW_CLOSED.with(
                                plan.running().size(),
                                window.get(),
                                DateTimeFormatter.ISO_ZONED_DATE_TIME.format(time))));
    }

    /** Once in a run, whatever the number of its attempts. */
    void backUp(MigrationPlan plan) throws RunStopped, SQLException {
        Optional<BackupSettings> backup = settings.precautions().backup();
        if (backup.isPresent() && report.backup().isEmpty() && !plan.running().isEmpty()) {
            Duration most = limit.timeout().map(limit::atMost).orElse(LONGEST_BACKUP);
            report.backup(new Backup(settings.name(), backup.get(), session, most).make());
        }
    }

    /** The scripts are done: what they should have made is there, or it is told that it is not. */
    void requireTables() throws RunStopped, SQLException {
        Optional<Explanation> missing = missingTables();
        if (missing.isPresent()) {
            throw new RunStopped(new MigrationFailure.RunFailed(
                    missing.get(),
                    Optional.empty(),
                    report.applied().keySet().stream().toList()));
        }
    }

    /** What a person is told of the tables that are required and missing; empty if none is. */
    Optional<Explanation> missingTables() throws SQLException {
        List<TableName> required = settings.precautions().requiredTables();
        return required.isEmpty() ? Optional.empty() : new RequiredTables(required, session).missing();
    }
}
