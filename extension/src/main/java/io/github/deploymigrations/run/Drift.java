package io.github.deploymigrations.run;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.ChangeLog;
import io.github.deploymigrations.changelog.History;
import io.github.deploymigrations.changelog.SchemaMark;
import io.github.deploymigrations.changelog.SchemaNote;
import io.github.deploymigrations.changelog.SchemaNotes;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.plan.MigrationPlan;
import io.github.deploymigrations.schema.Fingerprint;
import io.github.deploymigrations.scripts.Hooks;
import io.github.deploymigrations.settings.DriftPolicy;
import io.github.deploymigrations.settings.MigrationSettings;
import io.github.deploymigrations.settings.TransactionMode;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody changed in the schema by hand since a run recorded it, and the record of it behind a run that wrote. With
 * {@code drift=ignore} it does nothing at all. Not thread-safe.
 */
final class Drift {
    private static final RevisionId NONE = new RevisionId(BigInteger.ZERO);

    private final Job job;
    private final MigrationSettings settings;
    private final Session session;
    private final Reporting report;
    private final RecentDrift recent;
    /** Made when something is to be looked at: nearly every start has nothing to do with it. */
    private Optional<SchemaLook> look = Optional.empty();

    private Optional<Fingerprint> found = Optional.empty();
    private Optional<ScriptChanges> changes = Optional.empty();

    Drift(Job job, Session session, Reporting report) {
        this.job = job;
        this.settings = job.settings();
        this.session = session;
        this.report = report;
        this.recent = job.recentDrift();
    }

    private SchemaLook look() {
        if (look.isEmpty()) {
            look = Optional.of(new SchemaLook(job.repository().changelog(), session, report));
        }
        return look.get();
    }

    private SchemaNotes notes() {
        return new SchemaNotes(job.repository().changelog(), job.origin());
    }

    private boolean isIgnored() {
        return settings.precautions().drift() == DriftPolicy.IGNORE;
    }

    private boolean hasHooks() {
        Hooks hooks = job.repository().hooks();
        return !(hooks.isEmpty() && hooks.ofUndo().isEmpty());
    }

    /** Tells what was changed by hand, or once in a run why nobody can tell. */
    void compare(ChangeLog.Known changelog, History.Known history) {
        if (isIgnored() || history instanceof History.Absent) {
            return;
        }
        Optional<String> unknown = history.schema()
                .map(mark -> mark.overtaken(changelog, history, hasHooks()))
                .orElse(Optional.of("no run has recorded the schema yet"));
        if (unknown.isPresent()) {
            Log.log(Message.DRIFT_UNKNOWN, settings.name(), unknown.get());
        } else {
            compareWith(history.schema().orElseThrow());
        }
    }

    /** The same for one who may ask every second, and says nothing where nobody can tell. */
    void look(ChangeLog.Known changelog, History.Known history, Patience patience) {
        Optional<SchemaMark> mark = isIgnored()
                ? Optional.empty()
                : history.schema()
                        .filter(known ->
                                known.overtaken(changelog, history, hasHooks()).isEmpty());
        if (mark.isPresent()) {
            Optional<List<String>> lines = recent.of(mark.get(), patience);
            if (lines.isPresent()) {
                report.drift(lines.get());
            } else {
                compareWith(mark.get());
            }
        }
    }

    private void compareWith(SchemaMark mark) {
        Optional<Fingerprint> recorded;
        try {
            recorded = notes().text(session.connection(), mark.number()).flatMap(Fingerprint::parse);
        } catch (SQLException | RuntimeException e) {
            look().giveUp(Message.SCHEMA_UNREADABLE, e);
            return;
        }
        if (recorded.isEmpty()) {
            Log.log(Message.DRIFT_UNKNOWN, settings.name(), "another release recorded it in another form");
            return;
        }
        found = look().now();
        found.map(now -> now.differenceFrom(recorded.get())).ifPresent(lines -> {
            recent.remember(mark, lines, look().took());
            report.drift(lines);
        });
    }

    /** A plan is about to be done. */
    ScriptChanges begin(MigrationPlan plan) {
        int scripts = plan.running().size();
        boolean betweenThem = settings.transaction() == TransactionMode.SCRIPT;
        Optional<Fingerprint> before = isIgnored() || scripts == 0 ? Optional.empty() : found.or(look()::now);
        ScriptChanges begun = new ScriptChanges(look(), before, scripts, betweenThem);
        changes = Optional.of(begun);
        return begun;
    }

    /** The plan is done: this is how the schema is to stay. */
    void record(ChangeLog.Known changelog, History.Known history) {
        Optional<Fingerprint> now = isIgnored() ? Optional.empty() : look().now();
        if (now.isPresent()) {
            try {
                write(notes(now.get(), changelog), history.next());
                Log.log(Message.SCHEMA_RECORDED, settings.name(), now.get().size(), look().took());
            } catch (SQLException | RuntimeException e) {
                look().giveUp(Message.SCHEMA_UNRECORDED, e);
                endTransaction();
            }
        }
    }

    private List<SchemaNote> notes(Fingerprint now, ChangeLog.Known changelog) {
        RevisionId newest =
                changelog.applied().isEmpty() ? NONE : changelog.applied().lastKey();
        List<SchemaNote> all = new ArrayList<>();
        report.drift()
                .filter(lines -> !lines.isEmpty())
                .ifPresent(lines -> all.add(new SchemaNote(
                        SchemaNote.Kind.DRIFT, newest, Optional.empty(), Optional.empty(), String.join("\n", lines))));
        changes.ifPresent(begun -> all.addAll(begun.until(now)));
        all.add(new SchemaNote(
                SchemaNote.Kind.SCHEMA, newest, Optional.of(changelog.checksum()), Optional.empty(), now.text()));
        return all;
    }

    /** All of it in one transaction of its own: the scripts are committed. */
    private void write(List<SchemaNote> all, long first) throws SQLException {
        Connection connection = session.connection();
        connection.setAutoCommit(false);
        long number = first;
        for (SchemaNote note : all) {
            notes().add(connection, number++, note);
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void endTransaction() {
        try {
            session.settle();
        } catch (SQLException e) {
            Log.trace(Message.SCHEMA_UNRECORDED, e);
        }
    }
}
