package io.github.deploymigrations.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeSet;

/** A fingerprint of what JDBC's metadata says of one table: its columns, primary key and indexes. */
public final class TableState {
    /** The fingerprint of a table that is not there. */
    public static final String ABSENT = "absent";

    private final DatabaseMetaData metaData;
    private final String catalog;
    private final String schema;
    private final String table;

    private TableState(Connection connection, Product product, String name) throws SQLException {
        this.metaData = connection.getMetaData();
        int dot = dot(name);
        String qualifier = dot < 0 ? null : stored(name.substring(0, dot));
        this.table = stored(name.substring(dot + 1));
        boolean catalogs = product.hasCatalogs();
        this.catalog = catalogs && qualifier != null ? qualifier : connection.getCatalog();
        this.schema = catalogs ? null : qualifier != null ? qualifier : connection.getSchema();
    }

    /**
     * The fingerprint of a table, short enough to be stored.
     *
     * @param name as a statement has it: one or two parts, quoted or not
     */
    public static String of(Connection connection, Product product, String name) throws SQLException {
        return new TableState(connection, product, name).fingerprint();
    }

    private static int dot(String name) {
        char first = name.charAt(0);
        int from = first == '"' || first == '`' ? name.indexOf(first, 1) : 0;
        return name.indexOf('.', Math.max(0, from));
    }

    /** A part of a name as the database stores it. */
    private String stored(String part) throws SQLException {
        char first = part.charAt(0);
        if (first == '"' || first == '`') {
            return part.substring(1, part.length() - 1);
        }
        return metaData.storesUpperCaseIdentifiers()
                ? part.toUpperCase(Locale.ROOT)
                : metaData.storesLowerCaseIdentifiers() ? part.toLowerCase(Locale.ROOT) : part;
    }

    private String fingerprint() throws SQLException {
        TreeSet<String> facts = new TreeSet<>();
        String escape = metaData.getSearchStringEscape();
        try (ResultSet columns = metaData.getColumns(catalog, escaped(schema, escape), escaped(table, escape), null)) {
            while (columns.next()) {
                facts.add("column " + columns.getString("COLUMN_NAME") + ' ' + columns.getString("TYPE_NAME") + ' '
                        + columns.getString("COLUMN_SIZE") + ' ' + columns.getString("DECIMAL_DIGITS") + ' '
                        + columns.getString("NULLABLE"));
            }
        }
        if (facts.isEmpty()) {
            return ABSENT;
        }
        try (ResultSet keys = metaData.getPrimaryKeys(catalog, schema, table)) {
            while (keys.next()) {
                facts.add("key " + keys.getString("COLUMN_NAME") + ' ' + keys.getString("KEY_SEQ"));
            }
        }
        try (ResultSet indexes = metaData.getIndexInfo(catalog, schema, table, false, true)) {
            while (indexes.next()) {
                if (indexes.getString("INDEX_NAME") != null) {
                    facts.add("index " + indexes.getString("INDEX_NAME") + ' ' + indexes.getString("ORDINAL_POSITION")
                            + ' ' + indexes.getString("COLUMN_NAME") + ' ' + indexes.getString("NON_UNIQUE"));
                }
            }
        }
        return hash(String.join("\n", facts));
    }

    private static String escaped(String name, String escape) {
        return name == null
                ? null
                : name.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
