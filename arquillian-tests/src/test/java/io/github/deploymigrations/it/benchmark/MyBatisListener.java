package io.github.deploymigrations.it.benchmark;

import jakarta.annotation.Resource;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.File;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.ibatis.migration.DataSourceConnectionProvider;
import org.apache.ibatis.migration.FileMigrationLoader;
import org.apache.ibatis.migration.operations.UpOperation;

/** What an application has that calls MyBatis Migrations by itself, and wants nothing else of it. */
public class MyBatisListener implements ServletContextListener {
    private DataSource database;

    @Resource(lookup = "java:jboss/datasources/ShopDS")
    public void setDatabase(DataSource database) {
        this.database = database;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        String scripts = event.getServletContext().getRealPath("/WEB-INF/classes/migrations/scripts");
        new UpOperation()
                .operate(
                        new DataSourceConnectionProvider(database),
                        new FileMigrationLoader(new File(scripts), "UTF-8", new Properties()),
                        null,
                        null);
    }
}
