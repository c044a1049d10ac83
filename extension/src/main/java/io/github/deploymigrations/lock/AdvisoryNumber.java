package io.github.deploymigrations.lock;

import io.github.deploymigrations.Progress;
import io.github.deploymigrations.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What PostgreSQL shows of an advisory lock, whether a session has it or a transaction. The lock itself tells only the
 * process. So its session says in the {@code application_name} who it is; and a second, shared lock has the second of the
 * hour it was taken as its number. Both are gone with the lock, so nobody is ever told of a holder who is dead.
 */
final class AdvisoryNumber {
    /** Longer names are cut by the server, in the middle of a letter if need be. */
    private static final int LONGEST_NAME = 63;

    private static final String NAME = "migrations: ";
    private static final Pattern NAME_PARTS =
            Pattern.compile(NAME + "(.*)@(.*?)(?: \\[(\\d+)/(\\d+)\\] (\\d+)/(\\d+))?");

    private AdvisoryNumber() {}

    /** The first number of the second lock. */
    static int high(LockName name) {
        return (int) (name.number() >>> 32);
    }

    private static int low(LockName name) {
        return (int) name.number();
    }

    /** The contender, and how far the work is, if that is known. */
    static String applicationName(Contender contender, Optional<Progress> progress) {
        String end = progress.map(far -> " [" + far.number().orElse(0) + "/"
                        + far.scripts().orElse(0) + "] " + far.statement() + "/" + far.statements())
                .orElse("");
        String node = ascii(contender.node());
        int left = Math.max(0, LONGEST_NAME - NAME.length() - 1 - node.length() - end.length());
        String deployment = ascii(contender.deployment());
        String name = NAME + deployment.substring(0, Math.min(left, deployment.length())) + "@" + node;
        return name.substring(0, Math.min(LONGEST_NAME - end.length(), name.length())) + end;
    }

    /** The server makes question marks of all others, one for each byte. */
    private static String ascii(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    /** Whether the connection's session has the lock. */
    static boolean isOurs(Connection connection, LockName name) throws SQLException {
        return Query.row(
                        connection,
                        "select 1 from pg_catalog.pg_locks where locktype = 'advisory' and objsubid = 1 and granted"
                                + " and pid = pg_catalog.pg_backend_pid() and classid::bigint = ? and objid::bigint = ?",
                        Integer.toUnsignedLong(high(name)),
                        Integer.toUnsignedLong(low(name)))
                .isPresent();
    }

    static Optional<LockHolder> holder(Connection connection, LockName name) throws SQLException {
        return Query.row(
                        connection,
                        "select l.pid, a.usename, pg_catalog.host(a.client_addr), a.application_name, s.objid::bigint"
                                + " from pg_catalog.pg_locks l"
                                + " left join pg_catalog.pg_stat_activity a on a.pid = l.pid"
                                + " left join pg_catalog.pg_locks s on s.pid = l.pid and s.database = l.database"
                                + " and s.locktype = 'advisory' and s.objsubid = 2 and s.classid = l.classid"
                                + " where l.locktype = 'advisory' and l.objsubid = 1 and l.granted"
                                + " and l.database = (select oid from pg_catalog.pg_database"
                                + " where datname = pg_catalog.current_database())"
                                + " and l.classid::bigint = ? and l.objid::bigint = ?",
                        Integer.toUnsignedLong(high(name)),
                        Integer.toUnsignedLong(low(name)))
                .map(AdvisoryNumber::holder);
    }

    private static LockHolder holder(List<String> row) {
        Matcher name = NAME_PARTS.matcher(String.valueOf(row.get(3)));
        boolean told = name.matches();
        return new LockHolder(
                told ? Optional.of(name.group(2)) : Optional.empty(),
                told ? Optional.of(name.group(1)) : Optional.empty(),
                Optional.ofNullable(row.get(4)).map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds))),
                Optional.of(SessionName.of(row.get(0), row.get(1), row.get(2))),
                told && name.group(3) != null ? Optional.of(progress(name)) : Optional.empty());
    }

    private static Progress progress(Matcher name) {
        return new Progress(
                Optional.empty(),
                OptionalInt.of(Integer.parseInt(name.group(3))),
                OptionalInt.of(Integer.parseInt(name.group(4))),
                Integer.parseInt(name.group(5)),
                Integer.parseInt(name.group(6)),
                OptionalLong.empty(),
                Optional.empty());
    }
}
