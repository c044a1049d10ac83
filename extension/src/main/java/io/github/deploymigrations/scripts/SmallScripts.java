package io.github.deploymigrations.scripts;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a look through the statements of small scripts has read, for the run behind it: it need not read and split them
 * again. Thread-safe.
 */
final class SmallScripts {
    /** Of a file, in bytes. */
    static final int LONGEST = 32 * 1024;

    /** Of all together, in characters of statements and bytes of files: that is thousands of scripts. */
    private static final long MOST = 8L * 1024 * 1024;

    private final Map<String, Kept> scripts = new ConcurrentHashMap<>();
    private final AtomicLong length = new AtomicLong();

    /**
     * The text of one script.
     *
     * @param statements of the up part, all of them
     * @param undo part before variables; empty if it has none
     */
    record Kept(PlainStatements statements, String undo) {
        private long length() {
            return undo.length() + statements.length();
        }
    }

    /** Keeps it if there is room. */
    void keep(String file, Kept script) {
        if (length.addAndGet(script.length()) <= MOST) {
            scripts.put(file, script);
        } else {
            length.addAndGet(-script.length());
        }
    }

    /** Keeps nothing any more. */
    void clear() {
        scripts.clear();
        length.set(0);
    }

    Optional<Kept> get(String file) {
        return Optional.ofNullable(scripts.get(file));
    }
}
