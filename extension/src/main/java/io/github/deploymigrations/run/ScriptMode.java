package io.github.deploymigrations.run;

/** How a script is kept from being half done. */
enum ScriptMode {
    /** One transaction holds its statements, its changelog row and its history row: all of it is there, or nothing. */
    ATOMIC,
    /** The history says before each statement that commits how far the script got. */
    JOURNALED,
    /** The same, where each statement commits by itself. */
    AUTO_COMMIT;

    boolean isJournaled() {
        return this != ATOMIC;
    }
}
