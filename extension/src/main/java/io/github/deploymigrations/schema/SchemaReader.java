package io.github.deploymigrations.schema;

import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.database.SchemaTables;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Reads what JDBC's metadata, and on PostgreSQL its catalog, say of the schema that a connection is in (on MariaDB and
 * MySQL the catalog). Sequences,
 * routines, triggers, defaults and checks are not in it, or differ from driver to driver. Not thread-safe.
 */
public final class SchemaReader {
    private final Connection connection;
    private final DatabaseMetaData metaData;
    private final Product product;
    private final String catalog;
    private final String schema;
    private final String pattern;
    private final Spelling spelling;

    public SchemaReader(Connection connection, Product product) throws SQLException {
        this.connection = connection;
        this.metaData = connection.getMetaData();
        this.product = product;
        this.catalog = connection.getCatalog();
        this.schema = product.hasCatalogs() ? null : connection.getSchema();
        if (product.hasCatalogs() ? catalog == null : schema == null && product.hasSchemas()) {
            throw new SQLException("the connection is in no schema");
        }
        this.pattern = SchemaTables.escaped(schema, metaData);
        this.spelling = new Spelling(metaData);
    }

    /**
     * Reads it all.
     *
     * @param ours whether a table, by its name as it is stored, is one that does not count
     */
    public Fingerprint read(Predicate<String> ours) throws SQLException {
        Map<String, String> kinds = tables(ours);
        Map<String, List<SchemaItem>> columns = columns();
        Keys keys = product.hasPostgresCatalog()
                ? new PostgresKeys(connection, schema, spelling)
                : new MetadataKeys(metaData, spelling, catalog, schema);
        SortedMap<String, SchemaTable> tables = new TreeMap<>();
        for (Map.Entry<String, String> table : kinds.entrySet()) {
            List<SchemaItem> items = new ArrayList<>(columns.getOrDefault(table.getKey(), List.of()));
            if (!table.getValue().equals("view")) {
                items.addAll(keys.of(table.getKey()));
            }
            tables.put(spelling.name(table.getKey()), SchemaTable.of(table.getValue(), items));
        }
        return new Fingerprint(reader(), tables);
    }

    /** Metadata is the driver's, as new as it is, and the product's. */
    private String reader() throws SQLException {
        return Spelling.oneLine(metaData.getDatabaseProductName() + " " + metaData.getDatabaseMajorVersion() + ", "
                + metaData.getDriverName() + " " + metaData.getDriverVersion());
    }

    private Map<String, String> tables(Predicate<String> ours) throws SQLException {
        Map<String, String> kinds = new HashMap<>();
        Set<String> others = ofOthers();
        try (ResultSet rows = metaData.getTables(catalog, pattern, "%", null)) {
            while (rows.next()) {
                String name = rows.getString("TABLE_NAME");
                String type = String.valueOf(rows.getString("TABLE_TYPE")).toUpperCase(Locale.ROOT);
                boolean counts = (type.contains("TABLE") || type.contains("VIEW"))
                        && !type.startsWith("SYSTEM")
                        && !type.contains("TEMPORARY");
                if (counts && isHere(rows) && !others.contains(name) && !ours.test(name)) {
                    kinds.put(name, type.replace("BASE ", "").toLowerCase(Locale.ROOT));
                }
            }
        }
        return kinds;
    }

    /** Derby (10.16) has no escape, and takes an underscore in a schema's name for any letter. */
    private boolean isHere(ResultSet row) throws SQLException {
        return schema == null || schema.equals(row.getString("TABLE_SCHEM"));
    }

    /** Partitions come and go with time, and look like their table; what is an extension's comes and goes with that. */
    private Set<String> ofOthers() throws SQLException {
        Set<String> others = new HashSet<>();
        if (product.hasPostgresCatalog()) {
            String partition = metaData.getDatabaseMajorVersion() >= 10 ? "c.relispartition or " : "";
            try (PreparedStatement query = connection.prepareStatement(
                    "select c.relname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                            + " where n.nspname = ? and (" + partition
                            + "exists (select 1 from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype = 'e'"
                            + " and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass))")) {
                query.setString(1, schema);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        others.add(rows.getString(1));
                    }
                }
            }
        }
        return others;
    }

    private Map<String, List<SchemaItem>> columns() throws SQLException {
        Map<String, List<SchemaItem>> columns = new HashMap<>();
        try (ResultSet rows = metaData.getColumns(catalog, pattern, "%", "%")) {
            while (rows.next()) {
                if (isHere(rows)) {
                    // not IS_NULLABLE: of a primary key it is YES in HSQLDB (2.7.4)
                    boolean required = rows.getInt("NULLABLE") == DatabaseMetaData.columnNoNulls;
                    columns.computeIfAbsent(rows.getString("TABLE_NAME"), table -> new ArrayList<>())
                            .add(new SchemaItem(
                                    SchemaItem.Kind.COLUMN,
                                    spelling.name(rows.getString("COLUMN_NAME")),
                                    ColumnType.of(rows) + (required ? " not null" : " null")));
                }
            }
        }
        return columns;
    }
}
