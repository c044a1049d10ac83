package io.github.deploymigrations.settings;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Turns the texts of one block into values, and says of each that it cannot why. Not thread-safe. */
final class BlockReader {
    private static final String FILE = "file:";
    private static final String DURATION = "500ms, 30s, 5m or ISO-8601, up to a year";

    /** What texts look like; made for the first that somebody has set. */
    private static final class Shape {
        static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
        static final Pattern JNDI_NAME =
                Pattern.compile("(?!(?i:jdbc):|\\p{Alpha}[\\p{Alnum}+.-]*://)[^\\s\\p{Cntrl}]+");
        static final Pattern FOLDER = Pattern.compile("[^\\s\\p{Cntrl}:*?\"<>|\\\\/][^\\p{Cntrl}:*?\"<>|\\\\]*");
        static final Pattern PATH = Pattern.compile("off|(?:/[A-Za-z0-9._~-]+)+");
        static final Pattern RETRIES = Pattern.compile("1?[0-9]|20");
        static final Pattern ROLE = Pattern.compile("\\S(?:.*\\S)?");
    }

    private final Block block;
    private final Overrides overrides;
    private final List<Problem> problems;
    private final Map<Key, Origin> origins = new EnumMap<>(Key.class);
    private final Map<String, String> values = new TreeMap<>();

    BlockReader(Block block, Overrides overrides, List<Problem> problems) {
        this.block = block;
        this.overrides = overrides;
        this.problems = problems;
        for (Setting setting : block.settings()) {
            resolve(setting);
        }
    }

    private void resolve(Setting setting) {
        Optional<Key> key = Key.named(setting.name());
        if (key.isEmpty()) {
            problem(
                    setting.origin(),
                    Message.KEY_UNKNOWN.with(
                            setting.name(), Key.nearest(setting.name()).text()));
            return;
        }
        origins.put(key.get(), setting.origin());
        if (!Placeholders.isIn(setting.value())) {
            put(setting.name(), key.get(), setting.value());
            return;
        }
        Placeholders.Replaced value = Placeholders.replace(setting.value(), overrides::placeholder);
        if (value.unresolved().isEmpty()) {
            put(setting.name(), key.get(), value.text());
        } else {
            problem(
                    setting.origin(),
                    Message.PLACEHOLDER_UNRESOLVED.with(setting.name(), String.join(", ", value.unresolved())));
        }
    }

    private void put(String name, Key key, String text) {
        values.put(name, key == Key.VARIABLE ? text : text.strip());
    }

    MigrationSettings migration() {
        String environment = text(Key.ENVIRONMENT);
        return new MigrationSettings(
                block.name(),
                locations(),
                environment,
                value(Key.TARGET, RevisionId.class),
                value(Key.CHANGELOG, TableName.class),
                value(Key.SCHEMA, SchemaName.class),
                policies(environment.equals(MigrationSettings.DEVELOPMENT)),
                value(Key.LOCK, LockMode.AUTO),
                required(Key.LOCK_TIMEOUT, Duration.class),
                required(Key.CONNECT_TIMEOUT, Duration.class),
                value(Key.TIMEOUT, Duration.class),
                value(Key.TRANSACTION, TransactionMode.SCRIPT),
                required(Key.RETRIES, Integer.class),
                precautions(),
                variables(),
                origins);
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (Key.named(entry.getKey()).orElseThrow() == Key.VARIABLE) {
                variables.put(Key.variableName(entry.getKey()), entry.getValue());
            }
        }
        return variables;
    }

    private Policies policies(boolean development) {
        return new Policies(
                value(Key.LATE, LatePolicy.FAIL),
                value(Key.CHANGED, development ? Policy.WARN : Policy.FAIL),
                value(Key.MISSING, Policy.FAIL),
                value(Key.NEWER, NewerPolicy.WARN),
                value(Key.ALLOW_UNDO, false),
                value(Key.RESOLVE, Map.of()),
                value(Key.BASELINE, RevisionId.class));
    }

    private Precautions precautions() {
        return new Precautions(
                value(Key.REQUIRED_TABLES, List.of()),
                value(Key.WINDOW, MaintenanceWindow.class),
                backup(),
                value(Key.DRIFT, DriftPolicy.IGNORE));
    }

    private Optional<BackupSettings> backup() {
        Optional<Path> directory = value(Key.BACKUP_DIRECTORY, Path.class);
        Duration retention = required(Key.BACKUP_RETENTION, Duration.class);
        BackupSettings.Way way = value(Key.BACKUP, new BackupSettings.Way.Off());
        if (way instanceof BackupSettings.Way.Off) {
            return Optional.empty();
        }
        if (!values.containsKey(Key.BACKUP_DIRECTORY.text())) {
            problem(origins.get(Key.BACKUP), Message.BACKUP_DIRECTORY_MISSING.with());
        }
        return directory.map(where -> new BackupSettings(way, where, retention));
    }

    DatabaseSettings database() {
        MigrationSettings migration = migration();
        for (String location : migration.locations()) {
            if (location.startsWith(FILE)) {
                problem(origins.get(Key.LOCATION), Message.LOCATION_OUTSIDE.with(location));
            }
        }
        return new DatabaseSettings(
                text(Key.DATA_SOURCE),
                value(Key.MODE, Mode.MIGRATE),
                value(Key.ON_FAILURE, migration.isDevelopment() ? OnFailure.WARN : OnFailure.BLOCK),
                migration);
    }

    StatusSettings status(boolean development) {
        String path = text(Key.STATUS_PATH);
        return new StatusSettings(
                path.equals("off") ? Optional.empty() : Optional.of(path),
                value(Key.STATUS_ACCESS, development ? Access.OPEN : Access.ROLE),
                text(Key.STATUS_ROLE),
                value(Key.ACTIONS, Switch.OFF) == Switch.OFF
                        ? ActionAccess.NOBODY
                        : development ? ActionAccess.THIS_MACHINE : ActionAccess.ROLE,
                text(Key.ACTION_ROLE));
    }

    private List<String> locations() {
        String text = values.get(Key.LOCATION.text());
        if (text == null) {
            return List.of(Key.LOCATION.defaultText());
        }
        List<String> locations = new ArrayList<>();
        boolean valid = true;
        for (String written : text.split(",", -1)) {
            String location = withoutSlashes(written.strip());
            locations.add(location);
            valid = valid
                    && isFolder(location)
                    && !Arrays.asList(location.split("/", -1)).contains("..");
        }
        if (!valid) {
            malformed(
                    Key.LOCATION, text, "class path folders such as migrations or db/migrations, separated by commas");
        } else if (new HashSet<>(locations).size() < locations.size()) {
            problem(origins.get(Key.LOCATION), Message.LOCATION_TWICE.with(text));
        }
        return locations;
    }

    private static String withoutSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean isFolder(String location) {
        return location.startsWith(FILE)
                ? location.length() > FILE.length()
                        && location.indexOf('\n') < 0
                        && path(location.substring(FILE.length())).isPresent()
                : Shape.FOLDER.matcher(location).matches();
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * What a text was understood as, and what is expected of such a text.
     *
     * @param value empty if the text was not understood
     */
    private record Parsed(Optional<?> value, String expected) {}

    /** All values but those of locations and variables, which may be several. A key that nobody set costs nothing. */
    private static Parsed parse(Key key, String text) {
        return switch (key) {
            case DATA_SOURCE -> matching(Shape.JNDI_NAME, text, "a JNDI name, for example java:comp/env/jdbc/orders");
            case ENVIRONMENT ->
                matching(Shape.ENVIRONMENT, text, "the name of a file in environments/, without .properties");
            case STATUS_PATH -> matching(Shape.PATH, text, "off, or a path such as /migrations");
            case STATUS_ROLE, ACTION_ROLE -> matching(Shape.ROLE, text, "the name of a role");
            case TARGET, BASELINE -> new Parsed(RevisionId.parse(text), "a revision id, one to twenty digits");
            case CHANGELOG ->
                new Parsed(TableName.parse(text), "[part.]part, each letters, digits, _ and $, or quoted by you");
            case SCHEMA -> new Parsed(SchemaName.parse(text), "one identifier, or one quoted by you");
            case REQUIRED_TABLES ->
                new Parsed(
                        TableName.parseAll(text),
                        "[schema.]table separated by commas, each letters, digits, _ and $, or quoted by you");
            case MODE -> choice(Mode.class, text);
            case ON_FAILURE -> choice(OnFailure.class, text);
            case LOCK -> choice(LockMode.class, text);
            case TRANSACTION -> choice(TransactionMode.class, text);
            case LATE -> choice(LatePolicy.class, text);
            case CHANGED, MISSING -> choice(Policy.class, text);
            case NEWER -> choice(NewerPolicy.class, text);
            case DRIFT -> choice(DriftPolicy.class, text);
            case STATUS_ACCESS -> choice(Access.class, text);
            case ACTIONS -> choice(Switch.class, text);
            case LOCK_TIMEOUT, CONNECT_TIMEOUT -> new Parsed(Durations.parse(text), DURATION);
            case TIMEOUT, BACKUP_RETENTION -> new Parsed(positive(text), DURATION + ", and more than nothing");
            case RETRIES -> new Parsed(retries(text), "a number from 0 to 20");
            case ALLOW_UNDO -> new Parsed(truth(text), "true or false");
            case RESOLVE ->
                new Parsed(Resolutions.parse(text), "id:how separated by commas, how one of " + Resolutions.WORDS);
            case WINDOW ->
                new Parsed(
                        MaintenanceWindow.parse(text),
                        "[day ]00:00-[day ]00:00[ zone] separated by commas, for example Sat 22:00-Sun 04:00 Europe/Berlin,"
                                + " Mon-Fri 01:00-04:00 or 22:00-04:00");
            case BACKUP ->
                new Parsed(
                        BackupSettings.parse(text),
                        "off, auto, or a program and its arguments with {file} among them, and no other placeholders than"
                                + " {name}, {schema} and {timestamp}");
            case BACKUP_DIRECTORY -> new Parsed(path(text).filter(Path::isAbsolute), "an absolute path");
            case LOCATION, VARIABLE -> throw new IllegalArgumentException(key.text());
        };
    }

    private static Parsed matching(Pattern pattern, String text, String expected) {
        return new Parsed(pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty(), expected);
    }

    /** @param type by which no class of a choice is loaded that nobody makes */
    private static Parsed choice(Class<? extends Enum<?>> type, String text) {
        StringJoiner expected = new StringJoiner(", ");
        Optional<Enum<?>> chosen = Optional.empty();
        for (Enum<?> choice : type.getEnumConstants()) {
            expected.add(choice.toString());
            if (choice.toString().equals(text.toLowerCase(Locale.ROOT))) {
                chosen = Optional.of(choice);
            }
        }
        return new Parsed(chosen, expected.toString());
    }

    private static Optional<Duration> positive(String text) {
        Optional<Duration> duration = Durations.parse(text);
        return duration.isPresent() && duration.get().isZero() ? Optional.empty() : duration;
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> retries(String text) {
        return Shape.RETRIES.matcher(text).matches() ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    /** What was set, if it was and can be used. */
    private Optional<?> value(Key key) {
        String text = values.get(key.text());
        if (text == null) {
            return Optional.empty();
        }
        Parsed parsed = parse(key, text);
        if (parsed.value().isEmpty()) {
            malformed(key, text, parsed.expected());
        }
        return parsed.value();
    }

    private <T> Optional<T> value(Key key, Class<T> type) {
        Optional<?> value = value(key);
        return value.isPresent() ? Optional.of(type.cast(value.get())) : Optional.empty();
    }

    /** @param otherwise of the type that {@link #parse} makes for this key */
    @SuppressWarnings("unchecked")
    private <T> T value(Key key, T otherwise) {
        Optional<?> value = value(key);
        return value.isPresent() ? (T) value.get() : otherwise;
    }

    /** Of a key whose value is a text. */
    private String text(Key key) {
        return value(key, key.defaultText());
    }

    /** Of a key whose default is a text that can be read, too. */
    private <T> T required(Key key, Class<T> type) {
        Optional<?> value = value(key);
        return type.cast(
                value.isPresent()
                        ? value.get()
                        : parse(key, key.defaultText()).value().orElseThrow());
    }

    private void malformed(Key key, String text, String expected) {
        problem(origins.get(key), Message.VALUE_MALFORMED.with(key.text(), shown(key, text), expected));
    }

    /** Nothing of what may have a password in it: a URL, or any command. */
    private static String shown(Key key, String text) {
        boolean telling = key == Key.BACKUP
                || (key == Key.DATA_SOURCE && text.contains("//"))
                || text.contains("://")
                || text.regionMatches(true, 0, "jdbc:", 0, 5);
        return telling ? "…" : text;
    }

    private void problem(Origin origin, Explanation explanation) {
        problems.add(new Problem(origin.toString(), explanation));
    }
}
