package io.github.deploymigrations.run;

import io.github.deploymigrations.scripts.Hooks;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.hook.HookContext;
import org.apache.ibatis.migration.hook.MigrationHook;

/** Tells the watch where MyBatis is, and calls the user's hooks, if there are any. */
final class WatchedHook implements MigrationHook {
    private final MigrationHook hook;
    private final RunWatch watch;
    private final Hooks names;
    private final Direction direction;

    /**
     * Watches.
     *
     * @param hook of the user, or null as MyBatis has it
     * @param names what it is made of
     */
    WatchedHook(MigrationHook hook, RunWatch watch, Hooks names, Direction direction) {
        this.hook = hook;
        this.watch = watch;
        this.names = names;
        this.direction = direction;
    }

    @Override
    public void before(Map<String, Object> bindings) {
        watch.around(name("before", ""));
        if (hook != null) {
            hook.before(bindings);
        }
    }

    @Override
    public void beforeEach(Map<String, Object> bindings) {
        watch.around(name("before_each", " of " + file(bindings)));
        if (hook != null) {
            watch.meetsHook();
            hook.beforeEach(bindings);
        }
    }

    @Override
    public void afterEach(Map<String, Object> bindings) {
        try {
            watch.end(context(bindings).getChange());
        } catch (SQLException | IOException e) {
            throw new MigrationException(e);
        }
        watch.around(name("after_each", " of " + file(bindings)));
        if (hook != null) {
            hook.afterEach(bindings);
        }
    }

    @Override
    public void after(Map<String, Object> bindings) {
        watch.around(name("after", ""));
        if (hook != null) {
            hook.after(bindings);
        }
    }

    /** The setting, and what it says: the file is what a person looks for. */
    private String name(String when, String of) {
        return direction.hook(when)
                + of
                + names.setting(when).map(setting -> " (" + setting + ")").orElse("");
    }

    private static String file(Map<String, Object> bindings) {
        return context(bindings).getChange().getFilename();
    }

    private static HookContext context(Map<String, Object> bindings) {
        return (HookContext) bindings.get(HOOK_CONTEXT);
    }
}
