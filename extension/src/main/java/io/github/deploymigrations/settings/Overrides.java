package io.github.deploymigrations.settings;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Settings from outside of the application: system properties, environment variables and MicroProfile Config, in this
 * order of rank. Every application of the server sees them, so one that names no block may set only what can do no
 * harm to another application's database.
 *
 * <p>Environment variables are matched in the mapping of MicroProfile Config 3.1, section "Environment Variables
 * Mapping Rules": every character that is no letter or digit becomes an underscore, in upper case.
 */
public final class Overrides {
    /** What the names of system properties and of MicroProfile Config start with. */
    public static final String PREFIX = "mybatis.migrations.";

    private static final String MAPPED_PREFIX = mapped(PREFIX);

    private final Map<String, String> systemProperties;
    private final Map<String, String> environment;
    private final Map<String, String> microProfile;

    /**
     * @param systemProperties all or those of ours
     * @param environment all environment variables, or those of ours
     * @param microProfile the properties of MicroProfile Config whose names start with {@code mybatis.migrations.}
     */
    public Overrides(
            Map<String, String> systemProperties, Map<String, String> environment, Map<String, String> microProfile) {
        this.systemProperties = Map.copyOf(systemProperties);
        this.environment = Map.copyOf(environment);
        this.microProfile = Map.copyOf(microProfile);
    }

    /** No overrides at all. */
    public static Overrides none() {
        return new Overrides(Map.of(), Map.of(), Map.of());
    }

    /**
     * The system properties and environment variables of this JVM.
     *
     * @param microProfile the properties of MicroProfile Config whose names start with {@code mybatis.migrations.}
     */
    public static Overrides ofThisJvm(Map<String, String> microProfile) {
        Map<String, String> properties = new HashMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            properties.put(name, System.getProperty(name, ""));
        }
        return new Overrides(properties, System.getenv(), microProfile);
    }

    /** A system property or environment variable, for placeholders. */
    Optional<String> placeholder(String name) {
        return Optional.ofNullable(systemProperties.getOrDefault(name, environment.get(name)));
    }

    /** Puts the overrides over the blocks, and warns once of those that nobody understands. */
    void apply(Map<String, Block> blocks) {
        List<Setting> unnamed = new ArrayList<>();
        Map<Block, List<Setting>> named = new LinkedHashMap<>();
        for (Block block : blocks.values()) {
            named.put(block, new ArrayList<>());
        }
        List<String> ignored = new ArrayList<>();
        // from the lowest rank to the highest: a later one replaces an earlier one
        for (Map.Entry<String, String> property : microProfile.entrySet()) {
            if (!isKnownElsewhere(property.getKey())) {
                dotted(property, "MicroProfile Config ", unnamed, named, ignored);
            }
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            mapped(variable.getKey(), variable.getValue(), unnamed, named, ignored);
        }
        for (Map.Entry<String, String> property : systemProperties.entrySet()) {
            dotted(property, "system property ", unnamed, named, ignored);
        }
        for (Map.Entry<Block, List<Setting>> entry : named.entrySet()) {
            entry.getKey().override(unnamed);
            entry.getKey().override(entry.getValue());
        }
        if (!ignored.isEmpty()) {
            Log.log(Message.OVERRIDES_IGNORED, ignored.stream().sorted().toList(), ignored.size());
        }
    }

    /** MicroProfile Config lists system properties and environment variables again. */
    private boolean isKnownElsewhere(String name) {
        return systemProperties.containsKey(name)
                || environment.keySet().stream()
                        .anyMatch(variable -> mapped(variable).equals(mapped(name)));
    }

    private static void dotted(
            Map.Entry<String, String> property,
            String kind,
            List<Setting> unnamed,
            Map<Block, List<Setting>> named,
            List<String> ignored) {
        if (!property.getKey().startsWith(PREFIX)) {
            return;
        }
        Origin origin = Origin.of(kind + property.getKey());
        String value = property.getValue();
        String rest = property.getKey().substring(PREFIX.length());
        for (Map.Entry<Block, List<Setting>> entry : named.entrySet()) {
            String prefix = entry.getKey().name() + ".";
            if (rest.startsWith(prefix)) {
                String key = rest.substring(prefix.length());
                if (Key.named(key).isPresent()) {
                    entry.getValue().add(new Setting(key, value, origin));
                } else {
                    ignored.add(unknown(origin, key));
                }
                return;
            }
        }
        unnamed(rest, value, origin, unnamed, ignored);
    }

    private static String unknown(Origin origin, String key) {
        return "  " + origin + ": unknown key, the nearest is "
                + Key.nearest(key).text();
    }

    private static String lower(String mapped) {
        return mapped.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void unnamed(String name, String value, Origin origin, List<Setting> unnamed, List<String> ignored) {
        Optional<Key> key = Key.named(name);
        if (key.isPresent() && key.get().isShareable()) {
            unnamed.add(new Setting(name, value, origin));
        } else if (key.isPresent()) {
            ignored.add("  " + origin + ": every application of this server sees it, so it needs the block's name: "
                    + PREFIX + "<block>." + name);
        } else {
            ignored.add("  " + origin + ": no block of this application and no key; the nearest key is "
                    + Key.nearest(name).text());
        }
    }

    private static void mapped(
            String variable,
            String value,
            List<Setting> unnamed,
            Map<Block, List<Setting>> named,
            List<String> ignored) {
        String mapped = mapped(variable);
        if (!mapped.startsWith(MAPPED_PREFIX)) {
            return;
        }
        Origin origin = Origin.of("environment variable " + variable);
        String rest = mapped.substring(PREFIX.length());
        String name = keyOf(rest, new Block("")).orElseGet(() -> lower(rest));
        Optional<Key> shared = Key.named(name);
        if (shared.isPresent() && shared.get().isShareable()) {
            // also where it could be another key of a block: LOCK_TIMEOUT that of one that is called lock
            unnamed.add(new Setting(name, value, origin));
            return;
        }
        for (Map.Entry<Block, List<Setting>> entry : named.entrySet()) {
            String prefix = mapped(entry.getKey().name()) + "_";
            if (rest.startsWith(prefix)) {
                String mappedKey = rest.substring(prefix.length());
                Optional<String> key = keyOf(mappedKey, entry.getKey());
                if (key.isPresent()) {
                    entry.getValue().add(new Setting(key.get(), value, origin));
                } else {
                    ignored.add(unknown(origin, lower(mappedKey)));
                }
                return;
            }
        }
        unnamed(name, value, origin, unnamed, ignored);
    }

    /** The key that the mapped text stands for; a variable's name in the block's spelling, else in lower case. */
    private static Optional<String> keyOf(String mapped, Block block) {
        String variable = mapped("variable.");
        if (mapped.startsWith(variable) && mapped.length() > variable.length()) {
            return Optional.of(block.settings().stream()
                    .map(Setting::name)
                    .filter(name -> mapped(name).equals(mapped))
                    .findFirst()
                    .orElse("variable." + mapped.substring(variable.length()).toLowerCase(Locale.ROOT)));
        }
        return Key.texts().stream().filter(text -> mapped(text).equals(mapped)).findFirst();
    }

    private static String mapped(String name) {
        StringBuilder mapped = new StringBuilder(name);
        for (int index = 0; index < mapped.length(); index++) {
            char letter = mapped.charAt(index);
            boolean stays = (letter >= 'A' && letter <= 'Z')
                    || (letter >= 'a' && letter <= 'z')
                    || (letter >= '0' && letter <= '9');
            if (!stays) {
                mapped.setCharAt(index, '_');
            }
        }
        return mapped.toString().toUpperCase(Locale.ROOT);
    }
}
