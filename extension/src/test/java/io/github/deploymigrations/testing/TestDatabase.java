package io.github.deploymigrations.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** An empty database of its own, which lives as long as the test holds on to it. */
public final class TestDatabase implements AutoCloseable {
    private final UrlDataSource dataSource;
    private final String url;
    private final Runnable drop;

    /** @param url of the database in other processes */
    TestDatabase(UrlDataSource dataSource, String url, Runnable drop) {
        this.dataSource = dataSource;
        this.url = url;
        this.drop = drop;
    }

    TestDatabase(UrlDataSource dataSource, Runnable drop) {
        this(dataSource, dataSource.url(), drop);
    }

    /** An H2 in the memory of this process, the fastest; {@link TestServer#fresh()} gives the others. */
    public TestDatabase() {
        this.url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        this.dataSource = new UrlDataSource(url, "sa", "");
        this.drop = () -> execute("SHUTDOWN");
    }

    /** With user and password what another process needs to open the database by {@link UrlDataSource}. */
    public String url() {
        return url;
    }

    public String user() {
        return dataSource.user();
    }

    public String password() {
        return dataSource.password();
    }

    /** A connection of its own for each that asks. */
    public DataSource dataSource() {
        return dataSource;
    }

    public void execute(String... statements) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The rows of a query, their columns joined by a bar. */
    public List<String> query(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    columns.add(rows.getString(column));
                }
                found.add(String.join("|", columns));
            }
            return found;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The ids in the changelog. */
    public List<String> changelog() {
        return query("select ID from CHANGELOG order by ID");
    }

    @Override
    public void close() {
        drop.run();
    }
}
