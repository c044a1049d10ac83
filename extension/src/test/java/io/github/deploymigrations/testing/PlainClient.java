package io.github.deploymigrations.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A client of a database as simple as it can be: a statement ends where a line ends with a semicolon, but in $$. */
public final class PlainClient {
    private PlainClient() {}

    public static void run(DataSource dataSource, String text) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            StringBuilder sql = new StringBuilder();
            for (String line : text.lines().toList()) {
                if (sql.isEmpty() && (line.isBlank() || line.startsWith("--"))) {
                    continue;
                }
                sql.append(line).append('\n');
                boolean inBody = sql.toString().split("\\$\\$", -1).length % 2 == 0;
                if (line.stripTrailing().endsWith(";") && !inBody) {
                    execute(connection, statement, sql.toString().strip());
                    sql.setLength(0);
                }
            }
        }
    }

    private static void execute(Connection connection, Statement statement, String sql) throws SQLException {
        String plain = sql.replaceFirst(";$", "");
        if (plain.matches("BEGIN|START TRANSACTION")) {
            connection.setAutoCommit(false);
        } else if (plain.equals("COMMIT")) {
            if (!connection.getAutoCommit()) {
                connection.commit();
                connection.setAutoCommit(true);
            }
        } else {
            statement.execute(plain);
        }
    }
}
