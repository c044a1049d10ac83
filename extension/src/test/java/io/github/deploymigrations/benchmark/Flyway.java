package io.github.deploymigrations.benchmark;

import java.nio.file.Path;
import javax.sql.DataSource;

final class Flyway implements Candidate {

    @Override
    public void migrate(DataSource database, Path folder) {
        org.flywaydb.core.Flyway.configure()
                .dataSource(database)
                .locations("filesystem:" + GeneratedScripts.ofFlyway(folder))
                .load()
                .migrate();
    }
}
