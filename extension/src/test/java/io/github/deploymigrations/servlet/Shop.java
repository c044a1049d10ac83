package io.github.deploymigrations.servlet;

import io.github.deploymigrations.testing.JettyServer;
import io.github.deploymigrations.testing.TestNaming;
import io.github.deploymigrations.testing.TestWar;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** What the tests of this package deploy: a WAR with scripts on a database of its own. */
final class Shop implements AutoCloseable {
    static final String CREATE = "CREATE TABLE product (id INT PRIMARY KEY);\n-- //@UNDO\nDROP TABLE product;\n";
    static final String INSERT = "INSERT INTO product VALUES (1);\nINSERT INTO product VALUES (2);\n";
    static final String BROKEN = "\nCREATE TABLE fine (id INT);\n\nINSERT INTO\n  nowhere VALUES (1);\n";

    private static final Jsonb JSONB = JsonbBuilder.create();

    private final TestWar war;
    private final List<String> settings = new ArrayList<>();
    private final DataSource database;
    private JettyServer server;

    Shop(Path root) {
        war = new TestWar(root);
        database = bind("java:comp/DefaultDataSource");
    }

    /** A DataSource of an empty database. */
    static DataSource bind(String name) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        TestNaming.bind(name, dataSource);
        return dataSource;
    }

    DataSource database() {
        return database;
    }

    Shop with(String... lines) {
        settings.addAll(List.of(lines));
        return this;
    }

    Shop script(String name, String content) {
        war.script(name, content);
        return this;
    }

    Shop file(String path, String content) {
        war.file(path, content);
        return this;
    }

    /** The server has no class whose name begins so. */
    Shop without(String prefix) {
        war.without(prefix);
        return this;
    }

    /** Somebody changes the database. */
    Shop execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return this;
    }

    /** The first column of a query. */
    List<String> query(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    /** The server with the WAR, which is not started yet; stopped with this. */
    JettyServer deployed() {
        if (!settings.isEmpty()) {
            war.settings(settings.toArray(String[]::new));
        }
        server = new JettyServer(war);
        return server;
    }

    JettyServer started() throws Exception {
        return deployed().start();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> json(HttpResponse<String> response) {
        return (Map<String, Object>) JSONB.fromJson(response.body(), Map.class);
    }

    /** The first database of a status document. */
    static Map<String, Object> database(HttpResponse<String> response) {
        return list(json(response), "databases").get(0);
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Map<String, Object> document, String field) {
        return (List<Map<String, Object>>) document.get(field);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Map<String, Object> document, String field) {
        return (Map<String, Object>) document.get(field);
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
        war.close();
        TestNaming.clear();
    }
}
