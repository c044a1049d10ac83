package io.github.deploymigrations.run;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.hook.HookContext;
import org.apache.ibatis.migration.hook.MigrationHook;

/** Tells the watch where MyBatis is, and calls the user's hooks, if there are any. */
final class WatchedHook implements MigrationHook {
    private final MigrationHook hook;
    private final RunWatch watch;
    private final Direction direction;

    /** @param hook of the user, or null as MyBatis has it */
    WatchedHook(MigrationHook hook, RunWatch watch, Direction direction) {
        this.hook = hook;
        this.watch = watch;
        this.direction = direction;
    }

    @Override
    public void before(Map<String, Object> bindings) {
        watch.around(direction.hook("before"));
        if (hook != null) {
            hook.before(bindings);
        }
    }

    @Override
    public void beforeEach(Map<String, Object> bindings) {
        watch.around(direction.hook("before_each") + " of " + file(bindings));
        if (hook != null) {
            hook.beforeEach(bindings);
        }
    }

    @Override
    public void afterEach(Map<String, Object> bindings) {
        Change change = context(bindings).getChange();
        try {
            watch.end(change.getAppliedTimestamp());
        } catch (SQLException | IOException e) {
            throw new MigrationException(e);
        }
        watch.around(direction.hook("after_each") + " of " + file(bindings));
        if (hook != null) {
            hook.afterEach(bindings);
        }
    }

    @Override
    public void after(Map<String, Object> bindings) {
        watch.around(direction.hook("after"));
        if (hook != null) {
            hook.after(bindings);
        }
    }

    private static String file(Map<String, Object> bindings) {
        return context(bindings).getChange().getFilename();
    }

    private static HookContext context(Map<String, Object> bindings) {
        return (HookContext) bindings.get(HOOK_CONTEXT);
    }
}
