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
    private static final String ECLIPSELINK = "eclipselink.ddl-generation";
    private static final String OPENJPA = "openjpa.jdbc.SynchronizeMappings";
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
            return switch (key) {
                case HBM2DDL -> Set.of("create", "create-drop", "drop").contains(value);
                case ECLIPSELINK ->
                    Set.of("drop-and-create-tables", "drop-tables").contains(value);
                case OPENJPA -> false;
                default -> Set.of("drop", "drop-and-create").contains(value);
            };
        }

        boolean changes() {
            return switch (key) {
                case ECLIPSELINK ->
                    Set.of("create-tables", "create-or-extend-tables").contains(value);
                case OPENJPA -> value.startsWith("buildschema");
                default -> Set.of("update", "create", "create-only").contains(value);
            };
        }

        /** Whether it counts also where the server chooses the provider. */
        boolean isSure(String provider) {
            return !provider.isEmpty() || !key.equals(ECLIPSELINK);
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
                        block.migration().isDevelopment() || !action.isSure(provider)
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

    /**
     * What counts of several settings. EclipseLink's own comes before those of the standard (4.0); Hibernate's (6.6) and
     * OpenJPA's only count where those say nothing.
     */
    private Optional<Action> action() {
        if (provider.contains("eclipse") && properties.containsKey(ECLIPSELINK)) {
            return ofEclipseLink();
        }
        Optional<Action> ofStandard =
                standard("database").filter(action -> !action.value().equals("none"));
        boolean ofScripts = standard("scripts")
                .filter(action -> !action.value().equals("none"))
                .isPresent();
        if (ofStandard.isPresent() || ofScripts) {
            return ofStandard;
        }
        return Stream.of(own("hibernate", HBM2DDL), own("eclipse", ECLIPSELINK), own("openjpa", OPENJPA))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A setting that one provider alone knows. */
    private Optional<Action> own(String who, String key) {
        boolean known = provider.isEmpty() || provider.contains(who);
        if (!known) {
            return Optional.empty();
        }
        return key.equals(ECLIPSELINK) ? ofEclipseLink() : action(key);
    }

    private Optional<Action> ofEclipseLink() {
        boolean intoFile = "sql-script".equals(properties.get(ECLIPSELINK + ".output-mode"));
        return intoFile ? Optional.empty() : action(ECLIPSELINK);
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
