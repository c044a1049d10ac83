package io.github.deploymigrations.benchmark;

import java.nio.file.Path;
import java.sql.Connection;
import javax.sql.DataSource;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;

final class Liquibase implements Candidate {

    @Override
    public void migrate(DataSource dataSource, Path folder) throws Exception {
        System.setProperty("liquibase.analytics.enabled", "false");
        try (Connection connection = dataSource.getConnection()) {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            new liquibase.Liquibase(
                            GeneratedScripts.LIST,
                            new DirectoryResourceAccessor(GeneratedScripts.ofLiquibase(folder)),
                            database)
                    .update();
        }
    }
}
