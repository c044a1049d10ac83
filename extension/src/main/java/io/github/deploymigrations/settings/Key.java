package io.github.deploymigrations.settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Every key of the configuration, once: its name, its default and its meaning.
 *
 * <p>{@code docs/configuration.md} and the XSD of the block are held against this list by tests.
 */
public enum Key {
    DATA_SOURCE("data-source", "java:comp/DefaultDataSource", Scope.CONTAINER, "JNDI name of the DataSource"),
    LOCATION(
            "location",
            "migrations",
            Scope.DATABASE,
            "class path folder of the MyBatis repository; several, separated by commas, run as one"),
    ENVIRONMENT(
            "environment",
            "production",
            Scope.SHARED,
            "picks `environments/<environment>.properties`; only `development` changes defaults"),
    MODE(
            "mode",
            "migrate",
            Scope.SHARED_CONTAINER,
            "`migrate`; `validate`: apply nothing, anything that `migrate` would do or refuse is a failure; `plan`: apply"
                    + " nothing, log and show what would run; `off`"),
    ON_FAILURE(
            "on-failure",
            "block, in development warn",
            Scope.SHARED_CONTAINER,
            "what a failed run means: `block` the deployment, or `warn` and go on with the failure shown everywhere"),
    TARGET("target", "", Scope.DATABASE, "highest revision id to apply"),
    ALLOW_UNDO(
            "allow-undo",
            "false",
            Scope.DATABASE,
            "whether a deployment may undo revisions: those above `target`, and with `newer=undo` those above this release"),
    CHANGELOG(
            "changelog",
            "CHANGELOG",
            Scope.DATABASE,
            "name of the changelog table, `[part.]part`, quoted by you where" + " it needs quotes"),
    SCHEMA("schema", "", Scope.DATABASE, "the schema to work in (the catalog on MariaDB and MySQL)"),
    CONNECT_TIMEOUT(
            "connect-timeout",
            "30s",
            Scope.SHARED,
            "how long to wait for the DataSource to be bound and to answer: `500ms`, `30s`, `5m` or ISO-8601"),
    LOCK_TIMEOUT("lock-timeout", "3m", Scope.SHARED, "how long to wait for another node"),
    TIMEOUT(
            "timeout",
            "",
            Scope.SHARED,
            "how long the whole run may take: a statement that hangs is cancelled; without it a run takes as long as it takes"),
    TRANSACTION(
            "transaction",
            "script",
            Scope.DATABASE,
            "`script`: one transaction for each script with its changelog row; `deployment`: all pending scripts in one, refused"
                    + " beforehand where that cannot be"),
    RETRIES(
            "retries",
            "2",
            Scope.DATABASE,
            "how often a script that failed by a transient error and left nothing behind is tried again, at most 20"),
    LATE("late", "fail", Scope.DATABASE, "scripts that were passed over: `fail`, `apply`, `skip`"),
    CHANGED(
            "changed",
            "fail, in development warn",
            Scope.DATABASE,
            "scripts that are not what was applied: `fail`, `warn`, `ignore`"),
    MISSING("missing", "fail", Scope.DATABASE, "applied revisions without a script: `fail`, `warn`, `ignore`"),
    NEWER(
            "newer",
            "warn",
            Scope.DATABASE,
            "applied revisions above this release: `fail`, `warn`, `ignore`, `undo` (needs `allow-undo`)"),
    RESOLVE(
            "resolve",
            "",
            Scope.DATABASE,
            "how you settle revisions, `id:how` separated by commas: `applied`, `pending`, `resume` (failed or interrupted, an undo also),"
                    + " `accept` (changed: the new text counts; missing: retired), `skip` (late)"),
    BASELINE(
            "baseline",
            "",
            Scope.DATABASE,
            "on a database without changelog, the id of the script up to which scripts count as applied"),
    REQUIRED_TABLES(
            "required-tables",
            "",
            Scope.DATABASE,
            "tables that must be there after the run, `[schema.]table` separated by commas, each quoted by you where it needs quotes"),
    DRIFT(
            "drift",
            "ignore",
            Scope.DATABASE,
            "the schema was changed by hand since the last run: `ignore`, or `warn`: tell what came and what went"),
    WINDOW(
            "window",
            "",
            Scope.DATABASE,
            "when pending scripts may run, for example `Sat 22:00-Sun 04:00 Europe/Berlin`; several separated by commas"),
    BACKUP(
            "backup",
            "off",
            Scope.DATABASE,
            "`off`, `auto` (H2), or a command that makes a backup before the first pending script: words without a shell, with"
                    + " `{file}` and if wanted `{name}`, `{schema}`, `{timestamp}`"),
    BACKUP_DIRECTORY(
            "backup-directory",
            "",
            Scope.DATABASE,
            "absolute path of the directory for backups, required where there are any"),
    BACKUP_RETENTION("backup-retention", "30d", Scope.DATABASE, "how long backups are kept"),
    LOCK("lock", "auto", Scope.SHARED, "`auto`, `advisory`, `row`"),
    VARIABLE("variable.<name>", "", Scope.DATABASE, "a MyBatis variable, before those of the environment file"),
    STATUS_PATH("status-path", "/migrations", Scope.SHARED_WAR, "where the servlet answers; `off` for none"),
    STATUS_ACCESS(
            "status-access", "role, in development open", Scope.SHARED_WAR, "who may read the status: `open`, `role`"),
    STATUS_ROLE("status-role", "migrations", Scope.SHARED_WAR, "the role that may read the status"),
    ACTIONS(
            "actions",
            "off",
            Scope.WAR,
            "whether `POST` is answered, to run, undo, reset and resolve: `on` for those with `action-role`, in `development`"
                    + " for anyone on this machine"),
    ACTION_ROLE("action-role", "migrations-admin", Scope.WAR, "the role that may act");

    /** Who uses a key, and whether an override without a block's name may set it for every application of the server. */
    private enum Scope {
        DATABASE(false, false),
        SHARED(false, true),
        CONTAINER(true, false),
        SHARED_CONTAINER(true, true),
        WAR(true, false),
        SHARED_WAR(true, true);

        final boolean container;
        final boolean shareable;

        Scope(boolean container, boolean shareable) {
            this.container = container;
            this.shareable = shareable;
        }
    }

    private static final String VARIABLE_PREFIX = "variable.";

    private final String text;
    private final String defaultText;
    private final Scope scope;
    private final String meaning;

    Key(String text, String defaultText, Scope scope, String meaning) {
        this.text = text;
        this.defaultText = defaultText;
        this.scope = scope;
        this.meaning = meaning;
    }

    /** The key as users write it; {@code variable.<name>} stands for every name. */
    public String text() {
        return text;
    }

    /** The default as users would write it; empty if there is none. */
    public String defaultText() {
        return defaultText;
    }

    /** What the key does, in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** Whether the key belongs to the deployment, so that the plain Java interface refuses it. */
    public boolean isContainers() {
        return scope.container;
    }

    /** Whether an override that names no block may set it, although every application of the server sees it. */
    boolean isShareable() {
        return scope.shareable;
    }

    /** Whether the WAR has one value of it, whatever the number of blocks. */
    boolean isOfTheWar() {
        return scope == Scope.WAR || scope == Scope.SHARED_WAR;
    }

    /** The key that a user's text names, {@link #VARIABLE} for {@code variable.anything}. */
    public static Optional<Key> named(String name) {
        if (name.startsWith(VARIABLE_PREFIX)) {
            return name.length() > VARIABLE_PREFIX.length() ? Optional.of(VARIABLE) : Optional.empty();
        }
        for (Key key : values()) {
            if (key != VARIABLE && key.text.equals(name)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /** The name of the variable that {@code variable.<name>} sets. */
    static String variableName(String setting) {
        return setting.substring(VARIABLE_PREFIX.length());
    }

    /** The key whose spelling is nearest to a wrong one. */
    static Key nearest(String wrong) {
        return Arrays.stream(values())
                .min(Comparator.comparing((Key key) -> !key.text.contains(wrong) || wrong.isBlank())
                        .thenComparingInt(key -> Spelling.distance(wrong, key.text)))
                .orElseThrow();
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(Key::text).toList();
    }
}
