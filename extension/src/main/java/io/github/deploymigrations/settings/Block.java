package io.github.deploymigrations.settings;

import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings of one database as its file has them, by key, in the order of the file. Not thread-safe; lives while a
 * file is read.
 */
final class Block {
    static final String DEFAULT_NAME = "default";

    /** The paths of the status page that stand where a block's name would, and the prefix of variables. */
    static final Set<String> RESERVED =
            Set.of("health", "metrics", "plan", "run", "undo", "reset", "resolve", "schema", "variable");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

    private final String name;
    private final Map<String, Setting> settings = new LinkedHashMap<>();

    Block(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    Collection<Setting> settings() {
        return settings.values();
    }

    Optional<Setting> get(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    /** Adds a setting of the same file; the same key twice is a problem. */
    void add(Setting setting, List<Problem> problems) {
        Setting earlier = settings.putIfAbsent(setting.name(), setting);
        if (earlier != null) {
            problems.add(
                    new Problem(setting.origin().toString(), Message.KEY_TWICE.with(setting.name(), earlier.origin())));
        }
    }

    /** Adds the settings of a source that is lower in rank. */
    void addBelow(Block source) {
        for (Setting setting : source.settings()) {
            addIfAbsent(setting);
        }
    }

    /** Adds a setting of a source that is lower in rank. */
    void addIfAbsent(Setting setting) {
        settings.putIfAbsent(setting.name(), setting);
    }

    /** Adds settings of a source that is higher in rank. */
    void override(List<Setting> higher) {
        for (Setting setting : higher) {
            settings.put(setting.name(), setting);
        }
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !RESERVED.contains(name);
    }
}
