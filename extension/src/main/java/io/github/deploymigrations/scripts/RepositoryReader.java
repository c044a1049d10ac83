package io.github.deploymigrations.scripts;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.messages.ProblemsFound;
import io.github.deploymigrations.settings.Key;
import io.github.deploymigrations.settings.MigrationSettings;
import io.github.deploymigrations.settings.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.ibatis.migration.Environment;

/** Reads a whole MyBatis repository, and reports all that is wrong together. */
public final class RepositoryReader {
    static final String ON_ABORT = "onabort.sql";
    /** So many scripts are looked at in less time by more than one processor. */
    static final int MANY = 50;

    private final MigrationSettings settings;
    private final List<Location> locations = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final SmallScripts small = new SmallScripts();

    private RepositoryReader(MigrationSettings settings, ClassPath classPath) {
        this.settings = settings;
        for (String location : settings.locations()) {
            locations.add(Location.of(location, classPath));
        }
    }

    /** Whether any of the locations has a folder of scripts: what tells a WAR with migrations from one without. */
    public static boolean isPresent(MigrationSettings settings, ClassPath classPath) {
        try {
            for (Location location : new RepositoryReader(settings, classPath).locations) {
                if (location.list("scripts").isPresent()) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the repository of the settings.
     *
     * @throws ProblemsFound with everything that is wrong with files and environment
     */
    public static ScriptRepository read(MigrationSettings settings, ClassPath classPath) {
        RepositoryReader reader = new RepositoryReader(settings, classPath);
        try {
            return reader.read();
        } catch (IOException e) {
            Log.trace(Message.LOCATION_UNREADABLE, e);
            reader.problems.add(new Problem(reader.places(), Message.LOCATION_UNREADABLE.with(e.getMessage())));
            throw new ProblemsFound(reader.problems);
        }
    }

    private ScriptRepository read() throws IOException {
        Environment environment = EnvironmentFile.read(locations, settings, problems);
        // before the hooks: an option of theirs may be a variable of this name, which renames nothing
        TableName changelog = new TableName(environment.getVariables().getProperty(Environment.CHANGELOG));
        Hooks hooks = Hooks.read(locations, environment, problems);
        Map<String, Resource> files = scriptFiles();
        List<Script> scripts = scripts(files, environment);
        if (settings.target().isPresent()) {
            requireTarget(settings.target().get(), scripts);
        }
        return new ScriptRepository(scripts, files, environment, changelog, hooks, small);
    }

    /** The files by name, {@code onabort.sql} included; other files are refused or left alone. */
    private Map<String, Resource> scriptFiles() throws IOException {
        Map<String, Resource> files = new TreeMap<>();
        Map<RevisionId, Resource> ids = new HashMap<>();
        for (Location location : locations) {
            Optional<List<Resource>> found = location.list("scripts");
            if (found.isPresent()) {
                for (Resource file : found.get()) {
                    add(file, files, ids);
                }
            }
        }
        if (ids.isEmpty() && problems.isEmpty()) {
            problems.add(new Problem(places(), Message.SCRIPTS_MISSING.with()));
        }
        return files;
    }

    private void add(Resource file, Map<String, Resource> files, Map<RevisionId, Resource> ids) {
        switch (ScriptName.kind(file.name())) {
            case SCRIPT -> addScript(file, files, ids);
            case SPECIAL -> {
                Resource earlier = files.putIfAbsent(file.name(), file);
                if (earlier != null && file.name().equals(ON_ABORT)) {
                    problem(file, Message.FILE_TWICE.with(file.name(), file.container() + ", " + earlier.container()));
                }
            }
            case MISNAMED ->
                problem(
                        file,
                        Message.SCRIPT_MISNAMED.with(
                                ScriptName.hint(file.name()).orElse("")));
            case OTHER -> {
                // a README or an editor's back-up
            }
        }
    }

    private void addScript(Resource file, Map<String, Resource> files, Map<RevisionId, Resource> ids) {
        RevisionId id = ScriptName.id(file.name());
        Resource earlier = ids.putIfAbsent(id, file);
        if (earlier != null) {
            problem(
                    file,
                    Message.SCRIPT_ID_TWICE.with(
                            id, earlier.path(), earlier.container(), file.path(), file.container()));
        }
        files.putIfAbsent(file.name(), file);
    }

    private List<Script> scripts(Map<String, Resource> files, Environment environment) {
        try {
            List<Script> scripts = EnvironmentFile.hasCharset(environment) ? read(files, environment) : List.of();
            if (!problems.isEmpty()) {
                problems.addAll(ScriptRepository.problems(scripts));
                throw new ProblemsFound(problems);
            }
            return scripts;
        } finally {
            ScriptRepository.release(files.values());
        }
    }

    private List<Script> read(Map<String, Resource> files, Environment environment) {
        ScriptParser parser = new ScriptParser(environment, small);
        Map<RevisionId, Script> scripts = new TreeMap<>();
        for (Found found : found(parser, files.values())) {
            problems.addAll(found.problems());
            if (found.script().isPresent()) {
                Script script = found.script().get();
                scripts.put(script.id(), script);
            }
        }
        return List.copyOf(scripts.values());
    }

    private static List<Found> found(ScriptParser parser, Collection<Resource> files) {
        if (files.size() >= MANY) {
            return files.parallelStream().map(file -> read(parser, file)).toList();
        }
        List<Found> found = new ArrayList<>();
        for (Resource file : files) {
            found.add(read(parser, file));
        }
        return found;
    }

    /** What is in a file. */
    private record Found(Optional<Script> script, List<Problem> problems) {}

    private static Found read(ScriptParser parser, Resource file) {
        try {
            if (file.name().equals(ON_ABORT)) {
                parser.check(file);
            } else if (!ScriptName.isSpecial(file.name())) {
                return new Found(Optional.of(parser.read(file)), List.of());
            }
            return new Found(Optional.empty(), List.of());
        } catch (ProblemsFound e) {
            return new Found(Optional.empty(), e.problems());
        }
    }

    private void requireTarget(RevisionId target, List<Script> scripts) {
        if (scripts.stream().noneMatch(script -> script.id().equals(target))) {
            throw new ProblemsFound(List.of(new Problem(
                    settings.origin(Key.TARGET),
                    Message.TARGET_UNKNOWN.with(
                            target,
                            scripts.get(0).id(),
                            scripts.get(scripts.size() - 1).id()))));
        }
    }

    private void problem(Resource file, Explanation explanation) {
        problems.add(new Problem(file.path(), explanation));
    }

    private String places() {
        return locations.stream()
                .map(location -> location.describe() + "/scripts")
                .collect(Collectors.joining(", "));
    }
}
