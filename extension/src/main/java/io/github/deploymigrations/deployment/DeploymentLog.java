package io.github.deploymigrations.deployment;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.PlannedRun;
import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.TextTable;
import io.github.deploymigrations.settings.DatabaseSettings;
import io.github.deploymigrations.settings.Mode;
import io.github.deploymigrations.settings.OnFailure;
import java.util.List;
import java.util.stream.Collectors;

/** Tells the log what the run of a deployment did. */
final class DeploymentLog {
    /** A log is no place for ten thousand lines; the status page has them all. */
    private static final int MOST = 200;

    private DeploymentLog() {}

    static void write(DeploymentReport deployment) {
        if (deployment.databases().isEmpty()) {
            Log.log(Message.NOTHING_CONFIGURED);
        }
        for (DatabaseReport database : deployment.databases()) {
            MigrationReport report = database.report();
            if (database.settings().isPresent()) {
                settings(database.settings().get());
            }
            warnings(report);
            if (report.failure().isPresent()) {
                failure(database);
            } else if (report.status() != MigrationStatus.OFF) {
                success(report);
            }
        }
    }

    private static void settings(DatabaseSettings settings) {
        if (settings.mode() == Mode.OFF) {
            Log.log(Message.SWITCHED_OFF, settings.name());
        } else if (settings.onFailure() == OnFailure.WARN
                && !settings.migration().isDevelopment()) {
            Log.log(Message.FAILURE_ONLY_WARNS, settings.name());
        }
    }

    private static void warnings(MigrationReport report) {
        for (Explanation warning : report.warnings()) {
            Log.log(report.name(), warning);
        }
    }

    private static void undone(MigrationReport report) {
        if (!report.undoneNow().isEmpty()) {
            String ids = report.undoneNow().keySet().stream()
                    .map(RevisionId::toString)
                    .collect(Collectors.joining(", "));
            Log.log(Message.UNDONE, report.name(), report.undoneNow().size(), ids);
        }
    }

    private static void failure(DatabaseReport database) {
        undone(database.report());
        List<String> story =
                database.report().failure().orElseThrow().describe().lines().toList();
        Log.log(
                database.blocks() ? Message.DEPLOYMENT_BLOCKED : Message.DEPLOYMENT_GOES_ON,
                story,
                database.report().name());
    }

    private static void success(MigrationReport report) {
        undone(report);
        Object[] facts = {
            report.name(),
            report.current().isPresent() ? report.current().get().toString() : "none",
            report.product().orElse(""),
            report.revisions().size(),
            report.duration().toMillis(),
            report.appliedNow().size()
        };
        if (report.plan().isPresent()) {
            PlannedRun plan = report.plan().get();
            Log.log(
                    Message.PLANNED,
                    plan.sql().lines().toList(),
                    report.name(),
                    plan.scripts().size());
        } else if (report.running().isPresent()) {
            Log.log(Message.PLAN_UNKNOWN, report.name());
        } else if (report.appliedNow().isEmpty()) {
            Log.log(Message.UP_TO_DATE, facts);
        } else {
            Log.log(Message.MIGRATED, table(report), facts);
        }
    }

    /** What was done, one line a revision, in columns. */
    private static List<String> table(MigrationReport report) {
        List<Revision> done = report.revisions().stream()
                .filter(revision -> report.appliedNow().containsKey(revision.id()))
                .toList();
        TextTable table = new TextTable("Id", "Description", "State", "Statements", "Millis");
        done.stream()
                .limit(MOST)
                .forEach(revision -> table.row(
                        revision.id(),
                        revision.description(),
                        revision.state(),
                        revision.statements().orElse(0),
                        report.appliedNow().get(revision.id()).toMillis()));
        if (done.size() > MOST) {
            table.row("…", (done.size() - MOST) + " more", "", "", "");
        }
        return table.lines();
    }
}
