package io.github.deploymigrations.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import javax.sql.DataSource;

/** MyBatis, and each file read and hashed as it is: what sees an edited script does this much more than it. */
final class HashingMyBatis implements Candidate {

    @Override
    public void migrate(DataSource database, Path folder) throws Exception {
        for (Path script : PlainJdbc.scripts(folder)) {
            MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(script));
        }
        new MyBatis().migrate(database, folder);
    }
}
