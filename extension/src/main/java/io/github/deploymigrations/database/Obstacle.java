package io.github.deploymigrations.database;

import io.github.deploymigrations.DatabaseError;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What keeps a database from doing what a correct statement asks: to correct the statement would not help. */
@SuppressWarnings("ImmutableEnumChecker") // the sets are immutable, which their type does not say
public enum Obstacle {
    /** PostgreSQL and the SQL standard; H2; MariaDB and MySQL; Oracle; Derby. */
    NO_RIGHT(
            Message.RIGHT_MISSING,
            Message.SCRIPT_WITHOUT_RIGHT,
            Set.of("42501", "42502", "42507", "42508"),
            Set.of(90096, 90040, 1044, 1142, 1143, 1227, 1370, 1031, 1950)),
    /** PostgreSQL and the SQL standard, Derby; H2; MariaDB and MySQL. */
    READ_ONLY(
            Message.DATABASE_READ_ONLY,
            Message.SCRIPT_READ_ONLY,
            Set.of("25006", "25502", "25505"),
            Set.of(90097, 1290, 1792, 1836)),
    /** PostgreSQL; MariaDB and MySQL; Oracle. */
    NO_ROOM(Message.ROOM_MISSING, Message.SCRIPT_WITHOUT_ROOM, Set.of("53100"), Set.of(1021, 1114, 1536, 1653, 1654));

    /** HSQLDB says 42501 of what it does not find. */
    private static final int NOT_FOUND = -5501;

    /** How the operating system says it, where the database only passes it on: H2 and HSQLDB do. */
    private static final String DISK_FULL = "No space left on device";

    /** SQLite's codes are too small to be nobody else's. */
    private static final String SQLITE_FULL = "[SQLITE_FULL]";

    private static final String SQLITE_READ_ONLY = "[SQLITE_READONLY";

    private final Message anywhere;
    private final Message inScript;
    private final Set<String> states;
    private final Set<Integer> codes;

    Obstacle(Message anywhere, Message inScript, Set<String> states, Set<Integer> codes) {
        this.anywhere = anywhere;
        this.inScript = inScript;
        this.states = states;
        this.codes = codes;
    }

    /** The obstacle of which an error tells; empty if the statement itself may be wrong. */
    public static Optional<Obstacle> of(DatabaseError error) {
        if (error.vendorCode() == NOT_FOUND) {
            return Optional.empty();
        }
        return Arrays.stream(values()).filter(obstacle -> obstacle.isIn(error)).findFirst();
    }

    private boolean isIn(DatabaseError error) {
        return states.contains(error.sqlState().orElse(""))
                || codes.contains(error.vendorCode())
                || saysSo(error.message());
    }

    private boolean saysSo(String message) {
        return switch (this) {
            case NO_RIGHT -> false;
            case READ_ONLY -> message.contains(SQLITE_READ_ONLY);
            case NO_ROOM -> message.contains(DISK_FULL) || message.contains(SQLITE_FULL);
        };
    }

    /** What a person is told where no script is at work. */
    public Explanation explain(DatabaseError error) {
        return anywhere.with(error.message());
    }

    /** What is told of a script that met it. */
    public Message ofScript() {
        return inScript;
    }
}
