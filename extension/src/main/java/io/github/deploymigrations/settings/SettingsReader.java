package io.github.deploymigrations.settings;

import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.messages.ProblemsFound;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the settings of a deployment from its sources, checks them all, and reports all problems together.
 *
 * <p>Highest first: override with the block's name, override without, {@code beans.xml}, properties file, default. Not
 * thread-safe.
 */
public final class SettingsReader {
    /** The namespace of the block in {@code beans.xml}. */
    public static final String NAMESPACE = BeansXml.NAMESPACE;

    private final Overrides overrides;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Block> beansXml = new LinkedHashMap<>();
    private final List<String> beansXmlFiles = new ArrayList<>();
    private final List<Setting> properties = new ArrayList<>();

    public SettingsReader(Overrides overrides) {
        this.overrides = overrides;
    }

    /** Adds a {@code beans.xml} of the application. */
    public SettingsReader beansXml(String file, InputStream content) {
        if (BeansXml.read(file, content, beansXml, problems)) {
            beansXmlFiles.add(file);
        }
        return this;
    }

    /** Those of the files added that have settings in them. */
    public List<String> beansXmlWithSettings() {
        return List.copyOf(beansXmlFiles);
    }

    /** Adds a {@code META-INF/mybatis-migrations.properties} of the application. */
    public SettingsReader properties(String file, Reader content) throws IOException {
        properties.addAll(PropertiesFile.read(file, content, problems));
        return this;
    }

    /**
     * The checked settings.
     *
     * @throws ProblemsFound with everything that is wrong
     */
    public DeploymentSettings read() {
        boolean configured = !beansXml.isEmpty() || !properties.isEmpty();
        Map<String, Block> blocks = blocks();
        overrides.apply(blocks);
        List<BlockReader> readers = new ArrayList<>();
        for (Block block : blocks.values()) {
            readers.add(new BlockReader(block, overrides, problems));
        }
        List<DatabaseSettings> databases = new ArrayList<>();
        boolean development = true;
        for (BlockReader reader : readers) {
            DatabaseSettings database = reader.database();
            databases.add(database);
            development = development && database.migration().isDevelopment();
        }
        StatusSettings status = new BlockReader(ofTheWar(blocks.values()), overrides, problems).status(development);
        if (!problems.isEmpty()) {
            throw new ProblemsFound(problems.stream().distinct().toList());
        }
        return new DeploymentSettings(databases, status, configured);
    }

    /**
     * The settings that a Java program gives by itself: the keys of the container are refused.
     *
     * @throws ProblemsFound with everything that is wrong
     */
    public static MigrationSettings ofJava(Map<String, String> settings) {
        List<Problem> problems = new ArrayList<>();
        Block block = new Block(Block.DEFAULT_NAME);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String name = setting.getKey();
            Origin origin = Origin.of("with(\"" + name + "\", …)");
            Optional<Key> key = Key.named(name);
            if (key.isPresent() && key.get().isContainers()) {
                problems.add(new Problem(origin.toString(), Message.KEY_OF_THE_CONTAINER.with(name)));
            } else {
                block.add(new Setting(name, setting.getValue(), origin), problems);
            }
        }
        MigrationSettings migration = new BlockReader(block, placeholders(settings.values()), problems).migration();
        if (!problems.isEmpty()) {
            throw new ProblemsFound(problems);
        }
        return migration;
    }

    /** What placeholders may stand for, if there are any. */
    private static Overrides placeholders(Collection<String> values) {
        for (String value : values) {
            if (Placeholders.isIn(value)) {
                return Overrides.ofThisJvm(Map.of());
            }
        }
        return Overrides.none();
    }

    /**
     * The blocks of beans.xml; where it has none, those that the properties file names; where that names none, the one
     * that needs no name. The properties file's entries go below.
     */
    private Map<String, Block> blocks() {
        Map<String, Block> blocks = new LinkedHashMap<>(beansXml);
        if (blocks.isEmpty()) {
            for (Setting setting : properties) {
                blockOf(setting).ifPresent(name -> blocks.putIfAbsent(name, new Block(name)));
            }
        }
        if (blocks.isEmpty()) {
            blocks.put(Block.DEFAULT_NAME, new Block(Block.DEFAULT_NAME));
        }
        Map<String, Block> named = new LinkedHashMap<>();
        Block unnamed = new Block("");
        for (Setting setting : properties) {
            Optional<String> block = blockOf(setting);
            if (block.isEmpty()) {
                unnamed.add(setting, problems);
            } else if (blocks.containsKey(block.get())) {
                String key = setting.name().substring(block.get().length() + 1);
                named.computeIfAbsent(block.get(), Block::new)
                        .add(new Setting(key, setting.value(), setting.origin()), problems);
            } else {
                problems.add(new Problem(
                        setting.origin().toString(),
                        Message.BLOCK_UNKNOWN.with(block.get(), String.join(", ", blocks.keySet()))));
            }
        }
        for (Block block : blocks.values()) {
            if (named.containsKey(block.name())) {
                block.addBelow(named.get(block.name()));
            }
            block.addBelow(unnamed);
        }
        return blocks;
    }

    /** The block that an entry of the properties file names, {@code orders} of {@code orders.target}. */
    private static Optional<String> blockOf(Setting setting) {
        int dot = setting.name().indexOf('.');
        String name = dot < 0 ? "" : setting.name().substring(0, dot);
        return Block.isName(name) ? Optional.of(name) : Optional.empty();
    }

    /** The settings of the status page, which all blocks must agree on where they state them. */
    private Block ofTheWar(Collection<Block> blocks) {
        Block war = new Block("");
        for (Block block : blocks) {
            for (Setting setting : block.settings()) {
                Optional<Key> key = Key.named(setting.name());
                if (key.isPresent() && key.get().isOfTheWar()) {
                    war.addIfAbsent(setting);
                    Setting first = war.get(setting.name()).orElseThrow();
                    if (!isSame(first, setting)) {
                        problems.add(new Problem(
                                setting.origin().toString(),
                                Message.SETTING_OF_THE_WAR.with(setting.name(), first.value(), first.origin())));
                    }
                }
            }
        }
        return war;
    }

    /** Whether both say the same, or nobody can tell: a placeholder without a value is told as that. */
    private boolean isSame(Setting one, Setting other) {
        Placeholders.Replaced first = Placeholders.replace(one.value(), overrides::placeholder);
        Placeholders.Replaced second = Placeholders.replace(other.value(), overrides::placeholder);
        return !first.unresolved().isEmpty()
                || !second.unresolved().isEmpty()
                || first.text().strip().equals(second.text().strip());
    }
}
