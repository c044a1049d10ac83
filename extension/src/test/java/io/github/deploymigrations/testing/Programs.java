package io.github.deploymigrations.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine. A test that needs one is skipped where it is missing, and fails there in CI. */
final class Programs {
    private Programs() {}

    /** @param debian package that has the program, for those who miss it */
    static Path need(String name, String debian) {
        Optional<Path> program = Arrays.stream(
                        (System.getenv("PATH") + ":/usr/sbin:/usr/bin").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            skip(name, debian);
        }
        return program.orElseThrow();
    }

    /** The same of a file that is no program. */
    static void need(Path file, String debian) {
        if (!Files.exists(file)) {
            skip(file.toString(), debian);
        }
    }

    private static void skip(String name, String debian) {
        String missing =
                "NO " + name + " ON THIS MACHINE. On Debian: apt-get install --no-install-recommends " + debian;
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            throw new IllegalStateException(missing);
        }
        System.err.println("[WARNING] " + missing);
        Assumptions.abort(missing);
    }
}
