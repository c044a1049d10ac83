package io.github.deploymigrations.lock;

import io.github.deploymigrations.Progress;
import io.github.deploymigrations.database.Query;
import io.github.deploymigrations.settings.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * PostgreSQL's advisory lock of a session, never the blocking form: a session that waits in one has a snapshot, for which
 * {@code CREATE INDEX CONCURRENTLY} of the holder waits in turn (seen on 14). A session may take it several times, and has
 * it until it has given it back as often: the holder takes it twice, and sees whether it has it by giving one back.
 */
final class NumberLock extends SessionLock {
    /** Not by {@code pg_locks}, which goes through the locks of all sessions: this is asked at each script. */
    private static final String IS_OURS =
            "case when pg_catalog.pg_advisory_unlock(?) then pg_catalog.pg_try_advisory_lock(?) else false end";

    private final Contender contender;
    private final ClientWatch watch = new ClientWatch();
    private String nameBefore = "";
    private int since;

    NumberLock(Contender contender, TableName changelog, Connection working) {
        super(changelog, working);
        this.contender = contender;
    }

    @Override
    boolean take(Connection working, LockName name) throws SQLException {
        if (!Query.isTrue(working, "select pg_catalog.pg_try_advisory_lock(?)", name.number())) {
            return false;
        }
        nameBefore = Query.row(working, "select pg_catalog.current_setting('application_name')")
                .orElseThrow()
                .get(0);
        since = (int) Instant.now().getEpochSecond();
        Query.row(
                working,
                "select pg_catalog.pg_try_advisory_lock(?), pg_catalog.pg_try_advisory_lock_shared(?, ?),"
                        + " pg_catalog.set_config('application_name', ?, false)",
                name.number(),
                AdvisoryNumber.high(name),
                since,
                AdvisoryNumber.applicationName(contender, Optional.empty()));
        watch.begin(working);
        return true;
    }

    /** The others see it at once, although it is taken back with the transaction that it is in (14). */
    @Override
    void tell(Connection working, Progress progress) throws SQLException {
        Query.row(
                working,
                "select pg_catalog.set_config('application_name', ?, false)",
                AdvisoryNumber.applicationName(contender, Optional.of(progress)));
    }

    @Override
    boolean isOurs(Connection working, LockName name) throws SQLException {
        return Query.isTrue(working, "select " + IS_OURS, name.number(), name.number());
    }

    @Override
    Optional<Proof> proof(LockName name, Supplier<LockLost> lost) {
        return Optional.of(new Proof(IS_OURS, List.of(name.number(), name.number()), lost));
    }

    @Override
    void give(Connection working, LockName name) throws SQLException {
        watch.end(working);
        Query.row(
                working,
                "select pg_catalog.pg_advisory_unlock(?), pg_catalog.pg_advisory_unlock(?),"
                        + " pg_catalog.pg_advisory_unlock_shared(?, ?),"
                        + " pg_catalog.set_config('application_name', ?, false)",
                name.number(),
                name.number(),
                AdvisoryNumber.high(name),
                since,
                nameBefore);
    }

    @Override
    Optional<LockHolder> holder(Connection working, LockName name) throws SQLException {
        return AdvisoryNumber.holder(working, name);
    }
}
