package io.github.deploymigrations.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Servers of which each takes changes, and keeps its locks to itself: Galera, of MariaDB and MySQL. */
public final class Cluster {
    private Cluster() {}

    /** How many they are now, arbitrators included; zero where there is no such cluster (seen on MariaDB 10.11 and 11.4). */
    public static int members(Connection connection, Product product) throws SQLException {
        if (!product.hasCatalogs()) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show status like 'wsrep_cluster_size'")) {
            return row.next() ? row.getInt(2) : 0;
        }
    }
}
