package io.github.deploymigrations.settings;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns the texts of one block into values, and says of each that it cannot why. Not thread-safe. */
final class BlockReader {
    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Pattern JNDI_NAME = Pattern.compile("(?!\\p{Alpha}[\\p{Alnum}+.-]*://)[^\\s\\p{Cntrl}]+");
    private static final Pattern FOLDER = Pattern.compile("(?:file:.+|[^\\s:*?\"<>|\\\\/][^:*?\"<>|\\\\]*)");
    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9._~-]+)+");
    private static final Pattern RETRIES = Pattern.compile("1?[0-9]|20");
    private static final int DEFAULT_RETRIES = Integer.parseInt(Key.RETRIES.defaultText());
    private static final String DURATION = "500ms, 30s, 5m or ISO-8601, up to a year";
    private static final Pattern ROLE = Pattern.compile("\\S(?:.*\\S)?");

    private final Block block;
    private final Overrides overrides;
    private final List<Problem> problems;
    private final Map<Key, Origin> origins = new EnumMap<>(Key.class);
    private final Map<String, String> values = new TreeMap<>();

    BlockReader(Block block, Overrides overrides, List<Problem> problems) {
        this.block = block;
        this.overrides = overrides;
        this.problems = problems;
        block.settings().forEach(this::resolve);
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
        Placeholders.Replaced value = Placeholders.replace(setting.value(), overrides::placeholder);
        if (value.unresolved().isEmpty()) {
            values.put(
                    setting.name(),
                    key.get() == Key.VARIABLE ? value.text() : value.text().strip());
        } else {
            problem(
                    setting.origin(),
                    Message.PLACEHOLDER_UNRESOLVED.with(setting.name(), String.join(", ", value.unresolved())));
        }
    }

    MigrationSettings migration() {
        String environment =
                text(Key.ENVIRONMENT, ENVIRONMENT, "the name of a file in environments/, without .properties");
        return new MigrationSettings(
                block.name(),
                locations(),
                environment,
                value(Key.TARGET, RevisionId::parse, "a revision id, one to twenty digits"),
                value(Key.CHANGELOG, TableName::parse, "[part.]part, each letters, digits, _ and $, or quoted by you"),
                value(Key.SCHEMA, SchemaName::parse, "one identifier, or one quoted by you"),
                policies(environment.equals(MigrationSettings.DEVELOPMENT)),
                choice(Key.LOCK, LockMode.values()).orElse(LockMode.AUTO),
                duration(Key.LOCK_TIMEOUT),
                duration(Key.CONNECT_TIMEOUT),
                value(Key.TIMEOUT, BlockReader::positive, DURATION + ", and more than nothing"),
                choice(Key.TRANSACTION, TransactionMode.values()).orElse(TransactionMode.SCRIPT),
                value(Key.RETRIES, BlockReader::retries, "a number from 0 to 20")
                        .orElse(DEFAULT_RETRIES),
                precautions(),
                values.entrySet().stream()
                        .filter(entry -> Key.named(entry.getKey()).orElseThrow() == Key.VARIABLE)
                        .collect(Collectors.toMap(entry -> Key.variableName(entry.getKey()), Map.Entry::getValue)),
                origins);
    }

    private Policies policies(boolean development) {
        return new Policies(
                choice(Key.LATE, LatePolicy.values()).orElse(LatePolicy.FAIL),
                choice(Key.CHANGED, Policy.values()).orElse(development ? Policy.WARN : Policy.FAIL),
                choice(Key.MISSING, Policy.values()).orElse(Policy.FAIL),
                choice(Key.NEWER, NewerPolicy.values()).orElse(NewerPolicy.WARN),
                value(Key.ALLOW_UNDO, BlockReader::truth, "true or false").orElse(false),
                value(Key.RESOLVE, Resolutions::parse, "id:how separated by commas, how one of " + Resolutions.WORDS)
                        .orElse(Map.of()),
                value(Key.BASELINE, RevisionId::parse, "a revision id, one to twenty digits"));
    }

    private Precautions precautions() {
        return new Precautions(
                value(
                                Key.REQUIRED_TABLES,
                                TableName::parseAll,
                                "[schema.]table separated by commas, each letters, digits, _ and $, or quoted by you")
                        .orElse(List.of()),
                value(
                        Key.WINDOW,
                        MaintenanceWindow::parse,
                        "[day ]00:00-[day ]00:00[ zone] separated by commas, for example Sat 22:00-Sun 04:00 Europe/Berlin,"
                                + " Mon-Fri 01:00-04:00 or 22:00-04:00"),
                backup(),
                choice(Key.DRIFT, DriftPolicy.values()).orElse(DriftPolicy.IGNORE));
    }

    private Optional<BackupSettings> backup() {
        Optional<Path> directory = value(Key.BACKUP_DIRECTORY, BackupSettings::absolute, "an absolute path");
        Duration retention = value(Key.BACKUP_RETENTION, BlockReader::positive, DURATION + ", and more than nothing")
                .or(() -> Durations.parse(Key.BACKUP_RETENTION.defaultText()))
                .orElseThrow();
        Optional<BackupSettings.Way> way = value(
                        Key.BACKUP,
                        BackupSettings::parse,
                        "off, auto, or a program and its arguments with {file} among them, and no other placeholders than"
                                + " {name}, {schema} and {timestamp}")
                .filter(how -> !(how instanceof BackupSettings.Way.Off));
        if (way.isPresent() && !values.containsKey(Key.BACKUP_DIRECTORY.text())) {
            problem(origins.get(Key.BACKUP), Message.BACKUP_DIRECTORY_MISSING.with());
        }
        return way.flatMap(how -> directory.map(where -> new BackupSettings(how, where, retention)));
    }

    private Duration duration(Key key) {
        return value(key, Durations::parse, DURATION)
                .or(() -> Durations.parse(key.defaultText()))
                .orElseThrow();
    }

    private static Optional<Duration> positive(String text) {
        return Durations.parse(text).filter(duration -> !duration.isZero());
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> retries(String text) {
        return RETRIES.matcher(text).matches() ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    DatabaseSettings database() {
        MigrationSettings migration = migration();
        migration.locations().stream()
                .filter(location -> location.startsWith("file:"))
                .forEach(location -> problem(origins.get(Key.LOCATION), Message.LOCATION_OUTSIDE.with(location)));
        return new DatabaseSettings(
                text(Key.DATA_SOURCE, JNDI_NAME, "a JNDI name, for example java:comp/env/jdbc/orders"),
                choice(Key.MODE, Mode.values()).orElse(Mode.MIGRATE),
                choice(Key.ON_FAILURE, OnFailure.values())
                        .orElse(migration.isDevelopment() ? OnFailure.WARN : OnFailure.BLOCK),
                migration);
    }

    StatusSettings status(boolean development) {
        String path = value(Key.STATUS_PATH, this::path, "off, or a path such as /migrations")
                .orElse(Key.STATUS_PATH.defaultText());
        return new StatusSettings(
                path.equals("off") ? Optional.empty() : Optional.of(path),
                choice(Key.STATUS_ACCESS, Access.values()).orElse(development ? Access.OPEN : Access.ROLE),
                text(Key.STATUS_ROLE, ROLE, "the name of a role"),
                choice(Key.ACTIONS, Switch.values()).orElse(Switch.OFF) == Switch.OFF
                        ? ActionAccess.NOBODY
                        : development ? ActionAccess.THIS_MACHINE : ActionAccess.ROLE,
                text(Key.ACTION_ROLE, ROLE, "the name of a role"));
    }

    private Optional<String> path(String text) {
        return text.equals("off") || PATH.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private List<String> locations() {
        String text = values.getOrDefault(Key.LOCATION.text(), Key.LOCATION.defaultText());
        List<String> locations = Arrays.stream(text.split(",", -1))
                .map(location -> location.strip().replaceFirst("/+$", ""))
                .toList();
        boolean valid = locations.stream()
                .allMatch(location -> FOLDER.matcher(location).matches()
                        && !Arrays.asList(location.split("/", -1)).contains(".."));
        if (!valid) {
            malformed(
                    Key.LOCATION, text, "class path folders such as migrations or db/migrations, separated by commas");
        } else if (locations.stream().distinct().count() < locations.size()) {
            problem(origins.get(Key.LOCATION), Message.LOCATION_TWICE.with(text));
        }
        return locations;
    }

    private String text(Key key, Pattern pattern, String expected) {
        return value(key, text -> pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty(), expected)
                .orElse(key.defaultText());
    }

    private <E extends Enum<E>> Optional<E> choice(Key key, E[] choices) {
        return value(
                key,
                text -> Arrays.stream(choices)
                        .filter(choice -> choice.toString().equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst(),
                Arrays.stream(choices).map(Enum::toString).collect(Collectors.joining(", ")));
    }

    private <T> Optional<T> value(Key key, Function<String, Optional<T>> parser, String expected) {
        String text = values.get(key.text());
        if (text == null) {
            return Optional.empty();
        }
        Optional<T> value = parser.apply(text);
        if (value.isEmpty()) {
            malformed(key, text, expected);
        }
        return value;
    }

    private void malformed(Key key, String text, String expected) {
        problem(origins.get(key), Message.VALUE_MALFORMED.with(key.text(), text, expected));
    }

    private void problem(Origin origin, Explanation explanation) {
        problems.add(new Problem(origin.toString(), explanation));
    }
}
