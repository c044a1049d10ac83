package io.github.deploymigrations.deployment;

import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.preflight.Finding;
import io.github.deploymigrations.settings.DatabaseSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A persistence unit of the WAR, which may be a second master of a schema. Immutable.
 *
 * @param where it is, for people
 * @param name of the unit
 * @param provider class that it names; empty if the server chooses
 * @param dataSource JNDI name that it names, if it does
 * @param properties of the unit
 */
record PersistenceUnit(
        String where, String name, String provider, Optional<String> dataSource, Map<String, String> properties) {
    private static final String DEFAULT_DATA_SOURCE = "java:comp/DefaultDataSource";
    private static final String HBM2DDL = "hibernate.hbm2ddl.auto";
    private static final List<String> PERSISTENCE = List.of("jakarta.persistence.", "javax.persistence.");

    PersistenceUnit {
        properties = Map.copyOf(properties);
    }

    /**
     * What it does to a schema.
     *
     * @param key that says so
     */
    private record Action(String key, String value) {
        boolean destroys() {
            return key.equals(HBM2DDL)
                    ? Set.of("create", "create-drop", "drop").contains(value)
                    : Set.of("drop", "drop-and-create").contains(value);
        }

        boolean changes() {
            return Set.of("update", "create", "create-only").contains(value);
        }
    }

    /** What the unit does to the database of a block, if it is sure that it is the same. */
    Optional<Finding> finding(DatabaseSettings block) {
        if (!isOn(block)) {
            return Optional.empty();
        }
        return action().flatMap(action -> {
            if (action.destroys()) {
                Explanation explanation = Message.SCHEMA_DESTROYED.with(name, action.key(), action.value());
                // there a schema is made anew all the time
                return Optional.of(
                        block.migration().isDevelopment()
                                ? new Finding.Doubtful(explanation)
                                : new Finding.Fatal(where, explanation));
            }
            return action.changes()
                    ? Optional.of(new Finding.Doubtful(
                            Message.SCHEMA_OF_TWO_MASTERS.with(name, action.key(), action.value())))
                    : Optional.empty();
        });
    }

    /** One database may have several names, and one name several schemas: only what says the same is the same. */
    private boolean isOn(DatabaseSettings block) {
        boolean ownConnection = Stream.of(
                        "jakarta.persistence.jdbc.url", "javax.persistence.jdbc.url", "hibernate.connection.url")
                .anyMatch(properties::containsKey);
        String unitSchema =
                first("hibernate.default_schema", "hibernate.default_catalog").orElse("");
        String blockSchema =
                block.migration().schema().map(schema -> schema.text()).orElse("");
        return !ownConnection
                && dataSource().orElse(DEFAULT_DATA_SOURCE).equals(block.dataSource())
                && unitSchema.equalsIgnoreCase(blockSchema);
    }

    /** What counts of several settings, as Hibernate reads them (6.6): its own only where those of the standard say nothing. */
    private Optional<Action> action() {
        Optional<Action> ofStandard =
                standard("database").filter(action -> !action.value().equals("none"));
        boolean ofScripts = standard("scripts")
                .filter(action -> !action.value().equals("none"))
                .isPresent();
        if (ofStandard.isPresent() || ofScripts) {
            return ofStandard;
        }
        boolean hibernate = provider.isEmpty() || provider.contains("hibernate");
        return hibernate ? action(HBM2DDL) : Optional.empty();
    }

    private Optional<Action> standard(String what) {
        return PERSISTENCE.stream()
                .flatMap(prefix -> action(prefix + "schema-generation." + what + ".action").stream())
                .findFirst();
    }

    private Optional<Action> action(String key) {
        return Optional.ofNullable(properties.get(key))
                .map(value -> new Action(key, value.strip().toLowerCase(Locale.ROOT)));
    }

    private Optional<String> first(String... keys) {
        return Stream.of(keys)
                .filter(properties::containsKey)
                .map(properties::get)
                .findFirst();
    }
}
