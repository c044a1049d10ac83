package io.github.deploymigrations.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Predicate;

/** The tables of the schema that a connection is in. */
public final class SchemaTables {
    private SchemaTables() {}

    /** Whether there is one of whose name this holds. */
    public static boolean any(Connection connection, Product product, Predicate<String> wanted) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String schema = product.hasCatalogs() ? null : connection.getSchema();
        try (ResultSet rows = metaData.getTables(connection.getCatalog(), escaped(schema, metaData), "%", null)) {
            while (rows.next()) {
                String type = String.valueOf(rows.getString("TABLE_TYPE"));
                // TABLE, BASE TABLE (H2), PARTITIONED TABLE (PostgreSQL)
                if (type.endsWith("TABLE") && !type.startsWith("SYSTEM") && wanted.test(rows.getString("TABLE_NAME"))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The name of a schema as a pattern of JDBC's metadata; null for any, as JDBC has it. */
    public static String escaped(String schema, DatabaseMetaData metaData) throws SQLException {
        String escape = metaData.getSearchStringEscape();
        return schema == null
                ? null
                : schema.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }
}
