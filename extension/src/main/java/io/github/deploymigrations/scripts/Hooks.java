package io.github.deploymigrations.scripts;

import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.messages.ProblemsFound;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.script.ScriptEngineManager;
import org.apache.ibatis.migration.Environment;
import org.apache.ibatis.migration.hook.FileHookScriptFactory;
import org.apache.ibatis.migration.hook.FileMigrationHook;
import org.apache.ibatis.migration.hook.MigrationHook;
import org.apache.ibatis.migration.options.SelectedPaths;

/** The hook scripts of a repository, run by MyBatis' own hook classes from copies, as those want files. */
public final class Hooks {
    private static final List<String> WHEN = List.of("before", "before_each", "after_each", "after");

    private static final String FOLDER = "hooks";

    private final Environment environment;
    private final List<Resource> files;
    private final String direction;
    private final List<Optional<String>> settings;

    /** @param settings in the order of {@link #WHEN} */
    private Hooks(Environment environment, List<Resource> files, String direction, String... settings) {
        this.environment = environment;
        this.files = files;
        this.direction = direction;
        List<Optional<String>> named = new ArrayList<>();
        for (String setting : settings) {
            named.add(Optional.ofNullable(setting));
        }
        this.settings = List.copyOf(named);
    }

    /** The hooks around what is applied; checks that every one the environment names is there and can be run. */
    static Hooks read(List<Location> locations, Environment environment, List<Problem> problems) throws IOException {
        List<Resource> files = new ArrayList<>();
        for (Location location : locations) {
            files.addAll(location.list(FOLDER).orElse(List.of()));
            for (String folder : folders(environment)) {
                for (Resource file : location.list(FOLDER + "/" + folder).orElse(List.of())) {
                    files.add(file.called(folder + "/" + file.name()));
                }
            }
        }
        Hooks hooks = new Hooks(
                environment,
                List.copyOf(files),
                "up",
                environment.getHookBeforeUp(),
                environment.getHookBeforeEachUp(),
                environment.getHookAfterEachUp(),
                environment.getHookAfterUp());
        problems.addAll(hooks.prepare());
        return hooks;
    }

    /** Those below the folder of hooks in which a setting names a file. */
    private static Set<String> folders(Environment environment) {
        Set<String> folders = new LinkedHashSet<>();
        for (String setting : new String[] {
            environment.getHookBeforeUp(),
            environment.getHookBeforeEachUp(),
            environment.getHookAfterEachUp(),
            environment.getHookAfterUp(),
            environment.getHookBeforeDown(),
            environment.getHookBeforeEachDown(),
            environment.getHookAfterEachDown(),
            environment.getHookAfterDown()
        }) {
            String[] segments = setting == null ? new String[0] : setting.split(":", -1);
            String file = segments.length < 2 ? "" : segments[1];
            int end = file.lastIndexOf('/');
            // the copies lie in a folder of their own, and nothing is to be written outside of it
            if (end > 0
                    && !file.startsWith("/")
                    && !Arrays.asList(file.split("/", -1)).contains("..")) {
                folders.add(file.substring(0, end));
            }
        }
        return folders;
    }

    /**
     * MyBatis puts the options of a hook in SQL among the variables of all scripts, but not before it makes the hook (3.5.0):
     * what is looked through by then is to have them, too.
     */
    private void addOptions(String setting) {
        String[] segments = setting.split(":", -1);
        for (int index = 2; index < segments.length && segments[0].equalsIgnoreCase("sql"); index++) {
            int end = segments[index].indexOf('=');
            if (end >= 0) {
                environment
                        .getVariables()
                        .setProperty(segments[index].substring(0, end), segments[index].substring(end + 1));
            }
        }
    }

    /** The hooks around what is undone; nobody has to {@link #prepare} those who never undoes. */
    public Hooks ofUndo() {
        return new Hooks(
                environment,
                files,
                "down",
                environment.getHookBeforeDown(),
                environment.getHookBeforeEachDown(),
                environment.getHookAfterEachDown(),
                environment.getHookAfterDown());
    }

    /** Puts the options of these hooks among the variables; returns what keeps the hooks from running. */
    public List<Problem> prepare() {
        List<Problem> problems = new ArrayList<>();
        settings.stream().flatMap(Optional::stream).forEach(this::addOptions);
        for (int index = 0; index < WHEN.size(); index++) {
            String key = "hook_" + WHEN.get(index) + "_" + direction;
            if (settings.get(index).isPresent()) {
                check(key, settings.get(index).get(), problems);
            }
        }
        return problems;
    }

    /**
     * Runs the work with MyBatis' hook, or with {@code null}, MyBatis' word for none.
     *
     * @param output what the hooks print
     */
    public void during(PrintStream output, Consumer<MigrationHook> work) throws IOException {
        if (isEmpty()) {
            work.accept(null);
            return;
        }
        try (TemporaryFolder folder = new TemporaryFolder()) {
            for (Resource file : files) {
                folder.write(file.name(), content(file));
            }
            SelectedPaths paths = new SelectedPaths();
            paths.setBasePath(folder.path().toFile());
            paths.setHookPath(folder.path().toFile());
            FileHookScriptFactory factory = new FileHookScriptFactory(paths, environment, output);
            work.accept(new FileMigrationHook(
                    factory.create(copied(0)),
                    factory.create(copied(1)),
                    factory.create(copied(2)),
                    factory.create(copied(3))));
        }
    }

    /** What the environment names for a moment, {@code before} for example: language and file; an option may be a secret. */
    public Optional<String> setting(String when) {
        return settings.get(WHEN.indexOf(when)).map(setting -> {
            String[] segments = setting.split(":", -1);
            return segments[0] + ":" + segments[1];
        });
    }

    /** Whether there is nothing to run. */
    public boolean isEmpty() {
        for (Optional<String> setting : settings) {
            if (setting.isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** The setting of a hook with the name of its copy, or null, MyBatis' word for none. */
    private String copied(int index) {
        if (settings.get(index).isEmpty()) {
            return null;
        }
        String[] segments = settings.get(index).get().split(":", -1);
        segments[1] = TemporaryFolder.writable(segments[1]);
        return String.join(":", segments);
    }

    /** Of one in SQL with a line in front: a script before it may have left its own delimiter in the runner that both share. */
    private byte[] content(Resource file) throws IOException {
        try (InputStream content = file.open()) {
            byte[] bytes = content.readAllBytes();
            if (!isSql(file) || environment.isSendFullScript()) {
                return bytes;
            }
            Charset charset = Charset.forName(environment.getScriptCharset());
            String text = new String(bytes, charset);
            return (ScriptRepository.delimiterLine(environment) + ReadAhead.withoutMark(text)).getBytes(charset);
        }
    }

    private boolean isSql(Resource file) {
        return settings.stream()
                .flatMap(Optional::stream)
                .map(setting -> setting.split(":", -1))
                .anyMatch(segments -> segments[0].equalsIgnoreCase("sql") && segments[1].equals(file.name()));
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
        } else if (segments[0].equalsIgnoreCase("sql") && EnvironmentFile.hasCharset(environment)) {
            // a slip in a hook behind the scripts would be found when they are applied
            try {
                new ScriptParser(environment, new SmallScripts()).check(found.get(0));
            } catch (ProblemsFound e) {
                problems.addAll(e.problems());
            }
        }
    }

    private static boolean hasEngine(String language) {
        // the way of MyBatis' Jsr223HookScript, which fails without a word of explanation
        return new ScriptEngineManager().getEngineByName(language) != null;
    }
}
