package io.github.deploymigrations.benchmark;

import java.nio.file.Path;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.ibatis.migration.DataSourceConnectionProvider;
import org.apache.ibatis.migration.FileMigrationLoader;
import org.apache.ibatis.migration.operations.UpOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;

final class MyBatis implements Candidate {

    @Override
    public void migrate(DataSource database, Path folder) {
        DatabaseOperationOption options = new DatabaseOperationOption();
        // as its command line has it: MariaDB warns that it ignores the name of a primary key
        options.setThrowWarning(false);
        new UpOperation()
                .operate(
                        new DataSourceConnectionProvider(database),
                        new FileMigrationLoader(
                                GeneratedScripts.ofMyBatis(folder)
                                        .resolve("scripts")
                                        .toFile(),
                                "UTF-8",
                                new Properties()),
                        options,
                        null);
    }
}
