package io.github.deploymigrations.run;

/** Which way an operation of MyBatis goes. */
enum Direction {
    UP,
    DOWN;

    /** The setting of a hook, as the environment file has it. */
    String hook(String when) {
        return "hook_" + when + (this == UP ? "_up" : "_down");
    }
}
