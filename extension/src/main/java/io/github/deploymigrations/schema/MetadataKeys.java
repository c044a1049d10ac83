package io.github.deploymigrations.schema;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keys and indexes as JDBC's metadata tells them, table by table: no driver but PostgreSQL's tells of all at once. */
final class MetadataKeys implements Keys {
    /**
     * Names that nobody gave, and that a restored database has others of: H2's, HSQLDB's, Derby's and DB2's, SQLite's,
     * Oracle's.
     */
    private static final Pattern MADE_UP = Pattern.compile(
            "(?:PRIMARY_KEY|.*_INDEX)_[0-9A-F]+|SYS_(?:IDX_|C[0-9]).*|SQL[0-9]{9,}.*|sqlite_autoindex_.*");

    private final DatabaseMetaData metaData;
    private final Spelling spelling;
    private final String catalog;
    private final String schema;

    MetadataKeys(DatabaseMetaData metaData, Spelling spelling, String catalog, String schema) {
        this.metaData = metaData;
        this.spelling = spelling;
        this.catalog = catalog;
        this.schema = schema;
    }

    @Override
    public List<SchemaItem> of(String table) throws SQLException {
        List<SchemaItem> items = new ArrayList<>();
        Map<Integer, String> primary = new TreeMap<>();
        String primaryName = null;
        try (ResultSet rows = metaData.getPrimaryKeys(catalog, schema, table)) {
            while (rows.next()) {
                primary.put(rows.getInt("KEY_SEQ"), spelling.expression(rows.getString("COLUMN_NAME")));
                primaryName = rows.getString("PK_NAME");
            }
        }
        String key = list(primary);
        if (!primary.isEmpty()) {
            items.add(new SchemaItem(SchemaItem.Kind.PRIMARY_KEY, key, ""));
        }
        items.addAll(foreignKeys(table));
        items.addAll(indexes(table, primaryName, key));
        return items;
    }

    private static String list(Map<Integer, String> columns) {
        return "(" + String.join(", ", columns.values()) + ")";
    }

    /** A foreign key is what it joins; its name may be made up. */
    private static final class ForeignKey {
        private final Map<Integer, String> from = new TreeMap<>();
        private final Map<Integer, String> to = new TreeMap<>();
        private String target = "";
        private String rules = "";

        SchemaItem item() {
            return new SchemaItem(SchemaItem.Kind.FOREIGN_KEY, list(from) + " -> " + target + " " + list(to), rules);
        }
    }

    private List<SchemaItem> foreignKeys(String table) throws SQLException {
        Map<String, ForeignKey> keys = new LinkedHashMap<>();
        int nameless = 0;
        try (ResultSet rows = metaData.getImportedKeys(catalog, schema, table)) {
            while (rows.next()) {
                int number = rows.getInt("KEY_SEQ");
                String name = Objects.toString(rows.getString("FK_NAME"), "");
                nameless += name.isEmpty() && number == 1 ? 1 : 0;
                ForeignKey key =
                        keys.computeIfAbsent(name.isEmpty() ? "\n" + nameless : name, some -> new ForeignKey());
                key.from.put(number, spelling.expression(rows.getString("FKCOLUMN_NAME")));
                // SQLite (3.50) leaves it out where it is the primary key
                key.to.put(number, spelling.expression(Objects.toString(rows.getString("PKCOLUMN_NAME"), "")));
                key.target = target(rows);
                key.rules = rule("update", rows.getInt("UPDATE_RULE")) + rule("delete", rows.getInt("DELETE_RULE"));
                key.rules = key.rules.strip();
            }
        }
        return keys.values().stream().map(ForeignKey::item).toList();
    }

    private String target(ResultSet row) throws SQLException {
        String place = schema == null ? row.getString("PKTABLE_CAT") : row.getString("PKTABLE_SCHEM");
        String here = schema == null ? catalog : schema;
        String name = spelling.name(row.getString("PKTABLE_NAME"));
        return place == null || place.isEmpty() || place.equals(here) ? name : spelling.name(place) + "." + name;
    }

    /** Restrict and no action are one to some drivers. */
    private static String rule(String when, int rule) {
        return switch (rule) {
            case DatabaseMetaData.importedKeyCascade -> " on " + when + " cascade";
            case DatabaseMetaData.importedKeySetNull -> " on " + when + " set null";
            case DatabaseMetaData.importedKeySetDefault -> " on " + when + " set default";
            default -> "";
        };
    }

    /** An index as its rows tell it one after the other. */
    private static final class Index {
        private final Map<Integer, String> columns = new TreeMap<>();
        private boolean unique;
        private String filter = "";
    }

    private List<SchemaItem> indexes(String table, String primaryName, String primaryKey) throws SQLException {
        Map<String, Index> indexes = new LinkedHashMap<>();
        // true: Oracle's would gather statistics else
        try (ResultSet rows = metaData.getIndexInfo(catalog, schema, table, false, true)) {
            while (rows.next()) {
                String name = rows.getString("INDEX_NAME");
                if (name != null && rows.getShort("TYPE") != DatabaseMetaData.tableIndexStatistic) {
                    Index index = indexes.computeIfAbsent(name, some -> new Index());
                    String column = spelling.expression(Objects.toString(rows.getString("COLUMN_NAME"), "expression"));
                    boolean descending = "D".equals(rows.getString("ASC_OR_DESC"));
                    index.columns.put(rows.getInt("ORDINAL_POSITION"), descending ? column + " desc" : column);
                    index.unique = !rows.getBoolean("NON_UNIQUE");
                    index.filter = Objects.toString(rows.getString("FILTER_CONDITION"), "");
                }
            }
        }
        List<SchemaItem> items = new ArrayList<>();
        indexes.forEach((name, index) -> {
            String columns = list(index.columns);
            boolean madeUp = MADE_UP.matcher(name).matches();
            boolean ofPrimaryKey = index.unique && columns.equals(primaryKey) && (madeUp || name.equals(primaryName));
            if (!ofPrimaryKey) {
                String rest = words(
                        index.unique ? "unique" : "",
                        madeUp ? "" : columns,
                        index.filter.isEmpty() ? "" : "where " + Spelling.oneLine(index.filter));
                items.add(new SchemaItem(SchemaItem.Kind.INDEX, madeUp ? columns : spelling.name(name), rest));
            }
        });
        return items;
    }

    private static String words(String... words) {
        return String.join(" ", Stream.of(words).filter(word -> !word.isEmpty()).toList());
    }
}
