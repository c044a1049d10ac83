package io.github.deploymigrations.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** MyBatis, and each file read and hashed as it is: what sees an edited script does this much more than it. */
final class HashingMyBatis implements Candidate {

    @Override
    public void migrate(DataSource database, Path folder) throws Exception {
        for (Path script : scripts(GeneratedScripts.ofMyBatis(folder).resolve("scripts"))) {
            MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(script));
        }
        new MyBatis().migrate(database, folder);
    }

    private static List<Path> scripts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
