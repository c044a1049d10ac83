package io.github.deploymigrations.scripts;

import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.script.ScriptEngineManager;
import org.apache.ibatis.migration.Environment;
import org.apache.ibatis.migration.hook.FileHookScriptFactory;
import org.apache.ibatis.migration.hook.FileMigrationHook;
import org.apache.ibatis.migration.hook.MigrationHook;
import org.apache.ibatis.migration.options.SelectedPaths;

/** The hook scripts of a repository, run by MyBatis' own hook classes from copies, as those want files. */
public final class Hooks {
    private final Environment environment;
    private final List<Resource> files;

    private Hooks(Environment environment, List<Resource> files) {
        this.environment = environment;
        this.files = files;
    }

    /** Checks that every hook the environment names is there and can be run. */
    static Hooks read(List<Location> locations, Environment environment, List<Problem> problems) throws IOException {
        List<Resource> files = new ArrayList<>();
        for (Location location : locations) {
            files.addAll(location.list("hooks").orElse(List.of()));
        }
        Hooks hooks = new Hooks(environment, List.copyOf(files));
        hooks.settings().forEach((key, setting) -> hooks.check(key, setting, problems));
        return hooks;
    }

    /**
     * Runs the work with MyBatis' hook, or with {@code null}, MyBatis' word for none.
     *
     * @param output what the hooks print
     */
    public void during(PrintStream output, Consumer<MigrationHook> work) throws IOException {
        if (settings().isEmpty()) {
            work.accept(null);
            return;
        }
        try (TemporaryFolder folder = new TemporaryFolder()) {
            for (Resource file : files) {
                folder.write(file, beginning(file));
            }
            SelectedPaths paths = new SelectedPaths();
            paths.setBasePath(folder.path().toFile());
            paths.setHookPath(folder.path().toFile());
            FileHookScriptFactory factory = new FileHookScriptFactory(paths, environment, output);
            work.accept(new FileMigrationHook(
                    factory.create(copied(environment.getHookBeforeUp())),
                    factory.create(copied(environment.getHookBeforeEachUp())),
                    factory.create(copied(environment.getHookAfterEachUp())),
                    factory.create(copied(environment.getHookAfterUp()))));
        }
    }

    /** Whether there is nothing to run. */
    public boolean isEmpty() {
        return settings().isEmpty();
    }

    /** The setting of a hook with the name of its copy. */
    private static String copied(String setting) {
        if (setting == null) {
            return null;
        }
        String[] segments = setting.split(":", -1);
        segments[1] = TemporaryFolder.writable(segments[1]);
        return String.join(":", segments);
    }

    /** A script before it may have left its own delimiter in the runner that both share. */
    private byte[] beginning(Resource file) {
        boolean lines = file.name().endsWith(".sql") && !environment.isSendFullScript();
        String begin = lines ? ScriptRepository.delimiterLine(environment) : "";
        return begin.getBytes(StandardCharsets.ISO_8859_1);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        put(settings, "hook_before_up", environment.getHookBeforeUp());
        put(settings, "hook_before_each_up", environment.getHookBeforeEachUp());
        put(settings, "hook_after_each_up", environment.getHookAfterEachUp());
        put(settings, "hook_after_up", environment.getHookAfterUp());
        return settings;
    }

    private static void put(Map<String, String> settings, String key, String setting) {
        if (setting != null) {
            settings.put(key, setting);
        }
    }

    /** A setting is {@code language:file[:option…]}. */
    private void check(String key, String setting, List<Problem> problems) {
        String[] segments = setting.split(":", -1);
        String file = segments.length < 2 ? "" : segments[1];
        List<Resource> found =
                files.stream().filter(hook -> hook.name().equals(file)).toList();
        if (segments.length < 2) {
            problems.add(new Problem(key, Message.HOOK_MALFORMED.with(setting)));
        } else if (found.isEmpty()) {
            problems.add(new Problem(key, Message.HOOK_MISSING.with(file)));
        } else if (found.size() > 1) {
            problems.add(new Problem(
                    key,
                    Message.FILE_TWICE.with(
                            file,
                            String.join(
                                    ", ",
                                    found.stream().map(Resource::container).toList()))));
        } else if (!segments[0].equalsIgnoreCase("sql") && !hasEngine(segments[0])) {
            problems.add(new Problem(key, Message.HOOK_ENGINE_MISSING.with(file, segments[0])));
        }
    }

    private static boolean hasEngine(String language) {
        // the way of MyBatis' Jsr223HookScript, which fails without a word of explanation
        return new ScriptEngineManager().getEngineByName(language) != null;
    }
}
