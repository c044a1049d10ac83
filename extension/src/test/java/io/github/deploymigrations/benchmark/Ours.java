package io.github.deploymigrations.benchmark;

import io.github.deploymigrations.Migrations;
import java.nio.file.Path;
import javax.sql.DataSource;

final class Ours implements Candidate {

    @Override
    public void migrate(DataSource database, Path folder) {
        Migrations.of(database)
                .with("location", "file:" + GeneratedScripts.ofMyBatis(folder))
                .migrate();
    }
}
