package io.github.deploymigrations.benchmark;

import java.nio.file.Path;
import javax.sql.DataSource;

/** One way to bring a database up to date. */
@FunctionalInterface
interface Candidate {
    /** Applies what is pending of the scripts that {@link GeneratedScripts} wrote. */
    void migrate(DataSource database, Path folder) throws Exception;
}
