package io.github.deploymigrations.it.everywhere;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.tools.Server;

/**
 * The database behind the DataSources of all servers: H2 in the process of the tests, so that what became of it is seen
 * without the help of an application that may not be there.
 */
final class Database {
    private static final Database THE_ONE = new Database();

    private final Connection connection;

    private Database() {
        try {
            connection = DriverManager.getConnection("jdbc:h2:mem:furniture;DB_CLOSE_DELAY=-1", "sa", "");
            Server.createTcpServer("-tcpDaemon", "-tcpPort", System.getProperty("database.port"))
                    .start();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The database with nothing in it. */
    static Database empty() {
        THE_ONE.execute("DROP ALL OBJECTS");
        return THE_ONE;
    }

    private void execute(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column. */
    List<String> query(String sql) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<String> column = new ArrayList<>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
