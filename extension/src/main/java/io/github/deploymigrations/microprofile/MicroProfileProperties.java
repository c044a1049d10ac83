package io.github.deploymigrations.microprofile;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Our overrides in MicroProfile Config, if the server has it. */
public final class MicroProfileProperties {
    private MicroProfileProperties() {}

    /**
     * The properties whose names start with the prefix.
     *
     * @return empty where there is no MicroProfile Config, never null
     */
    public static Map<String, String> startingWith(String prefix) {
        try {
            return Reader.read(ConfigProvider.getConfig(), prefix);
        } catch (NoClassDefFoundError | IllegalStateException e) {
            // no API on the class path, or an API without an implementation
            return Map.of();
        }
    }

    /** A class of its own, loaded only once the API is known to be there. */
    private static final class Reader {
        static Map<String, String> read(Config config, String prefix) {
            Map<String, String> properties = new TreeMap<>();
            for (String name : config.getPropertyNames()) {
                if (name.startsWith(prefix)) {
                    properties.put(name, value(config, name));
                }
            }
            return properties;
        }

        private static String value(Config config, String name) {
            try {
                return config.getOptionalValue(name, String.class).orElse("");
            } catch (NoSuchElementException e) {
                // an expression in it has no value: our own placeholders say so, with the setting's name
                return String.valueOf(config.getConfigValue(name).getRawValue());
            }
        }
    }
}
